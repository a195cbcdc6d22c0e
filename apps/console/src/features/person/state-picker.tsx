import { type PresenceState, SETTABLE_STATES, type SettableState } from '@lampboard/protocol';
import { useId } from 'react';
import { FieldHeading } from '../../ui/field.tsx';
import { PresenceIcon } from '../../ui/presence-badge.tsx';
import { PRESENCE_WORDS } from '../../ui/words.ts';
import './state-picker.css';

/** The six states as one radio group; each shows the key that chooses it. */
export function StatePicker({
  value,
  onPick,
}: {
  value: PresenceState;
  onPick: (state: SettableState) => void;
}) {
  const id = useId();
  return (
    <div>
      <FieldHeading id={id}>Presence</FieldHeading>
      <div role="radiogroup" aria-labelledby={id} className="state-picker">
        {SETTABLE_STATES.map((state, index) => (
          <label key={state}>
            <input
              type="radio"
              name={id}
              value={state}
              aria-label={PRESENCE_WORDS[state]}
              aria-keyshortcuts={String(index + 1)}
              checked={state === value}
              onChange={() => onPick(state)}
            />
            <PresenceIcon state={state} />
            <span aria-hidden="true">{PRESENCE_WORDS[state]}</span>
            <kbd aria-hidden="true">{index + 1}</kbd>
          </label>
        ))}
      </div>
    </div>
  );
}
