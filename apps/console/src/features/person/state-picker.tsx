import { type PresenceState, SETTABLE_STATES, type SettableState } from '@lampboard/protocol';
import { useId } from 'react';
import { useDuration } from '../../live/live-context.tsx';
import { roughTime } from '../../ui/duration-text.ts';
import { FieldHeading } from '../../ui/field.tsx';
import { PresenceIcon } from '../../ui/presence-badge.tsx';
import { PRESENCE_WORDS } from '../../ui/words.ts';
import './state-picker.css';

interface StatePickerProps {
  value: PresenceState;
  /** Since when Asterisk holds what it holds; null where nobody saw it begin. */
  since: number | null;
  onPick: (state: SettableState) => void;
}

/** The six states as one radio group; each shows the key that chooses it. */
export function StatePicker({ value, since, onPick }: StatePickerProps) {
  const id = useId();
  const duration = useDuration(since, roughTime);
  return (
    <div>
      <div className="state-picker-head">
        <FieldHeading id={id}>Presence</FieldHeading>
        {duration !== null && <p>for {duration}</p>}
      </div>
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
