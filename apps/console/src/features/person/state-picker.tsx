import {
  type ExtensionRow,
  type PresenceState,
  SETTABLE_STATES,
  type SettableState,
} from '@lampboard/protocol';
import { type ReactNode, useId } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration } from '../../live/live-context.tsx';
import { FieldHeading } from '../../ui/field.tsx';
import { KEYS, ariaKeys, capsOf } from '../../ui/keys.ts';
import { PresenceIcon } from '../../ui/presence-badge.tsx';
import { Late } from './back-line.tsx';
import './state-picker.css';

interface StatePickerProps {
  /** What Asterisk holds, and since when. */
  row: Pick<ExtensionRow, 'presenceSince' | 'back'>;
  value: PresenceState;
  onPick: (state: SettableState) => void;
  /** Chooses more than the state. */
  children: ReactNode;
}

/** The six states as one radio group; each shows the key that chooses it. */
export function StatePicker({ row: { presenceSince, back }, value, onPick, children }: StatePickerProps) {
  const t = useT();
  const id = useId();
  const duration = useDuration(presenceSince, useFormats().roughTime);
  return (
    <div className="state-picker-box">
      <div className="state-picker-head">
        <FieldHeading id={id}>{t('person.presence')}</FieldHeading>
        <p>
          {duration !== null && <span>{t('person.for', { duration })}</span>}
          {back !== null && <Late at={back.at} />}
        </p>
      </div>
      {children}
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
