import { type Extension, type PresenceState, SETTABLE_STATES, type SettableState } from '@lampboard/protocol';
import { type ReactNode, useId } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration } from '../../data/socket/live-context.tsx';
import { FieldHeading } from '../../ui/form/field.tsx';
import { SHORTCUTS, ariaKeyShortcuts, keyLabels } from '../../keyboard/shortcuts.ts';
import { PresenceIcon } from '../../entities/presence/presence-badge.tsx';
import { Overdue } from '../../entities/return-time/return-time-line.tsx';
import './presence-editor.css';

interface StatePickerProps {
  extension: Pick<Extension, 'id' | 'presenceSetAt' | 'returnTime'>;
  value: PresenceState;
  onPick: (state: SettableState) => void;
  children: ReactNode;
}

export function StatePicker({
  extension: { id: extensionId, presenceSetAt, returnTime },
  value,
  onPick,
  children,
}: StatePickerProps) {
  const t = useT();
  const id = useId();
  const duration = useDuration(presenceSetAt, useFormats().approximateDuration, extensionId);
  return (
    <div className="state-picker-box">
      <div className="state-picker-head">
        <FieldHeading id={id}>{t('person.presence')}</FieldHeading>
        <p className="note">
          {duration !== null && <span>{t('person.for', { duration })}</span>}
          {returnTime !== null && <Overdue id={extensionId} timestamp={returnTime.at} />}
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
              aria-keyshortcuts={ariaKeyShortcuts(SHORTCUTS.person[state])}
              checked={state === value}
              onChange={() => onPick(state)}
            />
            <PresenceIcon state={state} />
            <span aria-hidden="true">{t(`presence.${state}`)}</span>
            <kbd aria-hidden="true">{keyLabels(SHORTCUTS.person[state][0], t)}</kbd>
          </label>
        ))}
      </div>
    </div>
  );
}
