import type { Presence } from '@lampboard/protocol';
import type { Contradiction } from '@lampboard/board';
import { PresenceBadge } from '../ui/presence-badge.tsx';
import { FoundText } from './found-text.tsx';
import { ContradictionMark } from './marks.tsx';
import './says.css';

interface SaysProps {
  presence: Presence;
  contradiction: Contradiction | null;
}

/** What the person says, in one line: the state, whether the telephone contradicts it, and the subtype where there is room. */
export function Says({ presence: { state, subtype }, contradiction }: SaysProps) {
  return (
    <span className="says">
      <PresenceBadge state={state} />
      {contradiction !== null && <ContradictionMark contradiction={contradiction} />}
      {subtype !== '' && (
        <span className="says-subtype" dir="auto" title={subtype}>
          <FoundText text={subtype} />
        </span>
      )}
    </span>
  );
}
