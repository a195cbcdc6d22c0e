import { type PresenceState, SETTABLE_STATES, type SettableState } from '@lampboard/protocol';
import { useId } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration } from '../../live/live-context.tsx';
import { FieldHeading } from '../../ui/field.tsx';
import { KEYS, ariaKeys, capsOf } from '../../ui/keys.ts';
import { PresenceIcon } from '../../ui/presence-badge.tsx';
import './state-picker.css';

interface StatePickerProps {
  value: PresenceState;
  /** Since when Asterisk holds what it holds; null where nobody saw it begin. */
  since: number | null;
  onPick: (state: SettableState) => void;
}

/** The six states as one radio group; each shows the key that chooses it. */
export function StatePicker({ value, since, onPick }: StatePickerProps) {
  const t = useT();
  const id = useId();
  const duration = useDuration(since, useFormats().roughTime);
  return (
    <div>
      <div className="state-picker-head">
        <FieldHeading id={id}>{t('person.presence')}</FieldHeading>
        {duration !== null && <p>{t('person.for', { duration })}</p>}
      </div>
      <div role="radiogroup" aria-labelledby={id} className="state-picker">
        {SETTABLE_STATES.map((state) => (
          <label key={state}>
            <input
              type="radio"
              name={id}
              value={state}
              aria-label={t(`presence.${state}`)}
              aria-keyshortcuts={ariaKeys(KEYS.person[state])}
              checked={state === value}
              onChange={() => onPick(state)}
            />
            <PresenceIcon state={state} />
            <span aria-hidden="true">{t(`presence.${state}`)}</span>
            <kbd aria-hidden="true">{capsOf(KEYS.person[state][0], t)}</kbd>
          </label>
        ))}
      </div>
    </div>
  );
}
