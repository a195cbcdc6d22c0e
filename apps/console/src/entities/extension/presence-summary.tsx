import type { Presence } from '@lampboard/protocol';
import type { Mismatch } from '@lampboard/model';
import { PresenceBadge } from '../presence/presence-badge.tsx';
import type { LabelledFeature } from './accessible-name.ts';
import { HighlightedText } from './search-highlight.tsx';
import { MismatchBadge, PhoneBadges } from './badges.tsx';
import './extension.css';

interface PresenceSummaryProps {
  presence: Presence;
  mismatch: Mismatch | null;
  /** Features of the phone; each has a sign. */
  features?: readonly LabelledFeature[];
}

export function PresenceSummary({ presence, mismatch, features = [] }: PresenceSummaryProps) {
  const { state, subtype } = presence;
  return (
    <span className="presence-summary">
      <PresenceBadge state={state} />
      {mismatch !== null && <MismatchBadge mismatch={mismatch} />}
      <PhoneBadges features={features} />
      {subtype !== '' && (
        <span className="presence-summary-subtype truncate" dir="auto" title={subtype}>
          <HighlightedText text={subtype} />
        </span>
      )}
    </span>
  );
}
