import type { Presence } from '@lampboard/protocol';
import type { Mismatch } from '@lampboard/model';
import { PresenceBadge } from '../presence/presence-badge.tsx';
import { HighlightedText } from './search-highlight.tsx';
import { MismatchBadge } from './badges.tsx';
import './extension.css';

interface PresenceSummaryProps {
  presence: Presence;
  mismatch: Mismatch | null;
}

export function PresenceSummary({ presence: { state, subtype }, mismatch }: PresenceSummaryProps) {
  return (
    <span className="presence-summary">
      <PresenceBadge state={state} />
      {mismatch !== null && <MismatchBadge mismatch={mismatch} />}
      {subtype !== '' && (
        <span className="presence-summary-subtype truncate" dir="auto" title={subtype}>
          <HighlightedText text={subtype} />
        </span>
      )}
    </span>
  );
}
