import type { Presence } from '@lampboard/protocol';
import type { Mismatch } from '@lampboard/model';
import { PresenceBadge } from '../presence/presence-badge.tsx';
import { HighlightedText } from './search-highlight.tsx';
import { MismatchBadge } from './badges.tsx';
import './presence-summary.css';

interface PresenceSummaryProps {
  presence: Presence;
  mismatch: Mismatch | null;
}

/** What the person says, in one line: the state, whether the telephone contradicts it, and the subtype where there is room. */
export function PresenceSummary({ presence: { state, subtype }, mismatch }: PresenceSummaryProps) {
  return (
    <span className="presence-summary">
      <PresenceBadge state={state} />
      {mismatch !== null && <MismatchBadge mismatch={mismatch} />}
      {subtype !== '' && (
        <span className="presence-summary-subtype" dir="auto" title={subtype}>
          <HighlightedText text={subtype} />
        </span>
      )}
    </span>
  );
}
