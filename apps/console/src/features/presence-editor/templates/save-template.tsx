import {
  type ReturnTime,
  type RelativeReturnTime,
  type Me,
  MAX_TEMPLATE_NAME_LENGTH,
  isSettableState,
  canManageTemplates,
} from '@lampboard/protocol';
import { minutesOfDay } from '../../../entities/return-time/return-time-options.ts';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import { useCommand } from '../../../data/http/use-command.ts';
import { useQueryClient } from '../../../data/http/use-query-client.ts';
import { failureMessage } from '../../../i18n/failure-message.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { useT } from '../../../i18n/i18n-context.tsx';
import { Alert } from '../../../ui/alert.tsx';
import { DialogActions } from '../../../ui/form/dialog-actions.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, FieldNote } from '../../../ui/form/field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import type { PresenceValue } from '../../../entities/presence/presence-value.ts';
import { returnTimePresetLabel, templateLabel } from './template-label.ts';
import { useServerClock } from '../../../data/socket/live-context.tsx';

const MINUTE = 60_000;
const QUARTER = 15;
const DAY_MINUTES = 24 * 60;

/** Returns the presets that may be meant by a return time, the likelier first: quarter hours mean the time of day. */
function returnTimePresetsFor({ at, thenState }: ReturnTime, now: number): readonly RelativeReturnTime[] {
  const minutesAhead = Math.round((at - now) / MINUTE);
  const clockTime: RelativeReturnTime = { kind: 'at', minutes: minutesOfDay(at), thenState };
  if (minutesAhead < 1) return [clockTime];
  const relative: RelativeReturnTime = { kind: 'in', minutes: minutesAhead, thenState };
  const prefersClockTime = minutesAhead < DAY_MINUTES && clockTime.minutes % QUARTER === 0;
  return prefersClockTime ? [clockTime, relative] : [relative, clockTime];
}

interface SaveTemplateProps {
  me: Me;
  form: PresenceValue;
  onClose: () => void;
}

export function SaveTemplate({ me, form, onClose }: SaveTemplateProps) {
  const t = useT();
  const formats = useFormats();
  const queries = useQueryClient();
  const serverNow = useServerClock();
  const { state, subtype, message } = form;
  const [name, setName] = useState(subtype);
  const [forEveryone, setForEveryone] = useState(false);
  const [presets] = useState(() =>
    form.returnTime === null ? [] : returnTimePresetsFor(form.returnTime, serverNow()),
  );
  const [preset, setPreset] = useState<RelativeReturnTime | null>(presets[0] ?? null);
  const onDone = () => {
    void queries.invalidateQueries({ queryKey: ['list-templates'] });
    onClose();
  };
  const saveUserTemplate = useCommand('save-template', onDone);
  const saveSiteTemplate = useCommand('save-site-template', onDone);
  const failure = saveUserTemplate.failure ?? saveSiteTemplate.failure;
  if (!isSettableState(state)) return null;
  const template = { state, subtype, message, returnTime: preset };

  return (
    <Dialog heading={t('template.save-as')} onClose={onClose}>
      <FieldNote>
        <span dir="auto">{templateLabel(t, formats, template)}</span>
      </FieldNote>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          const named = { ...template, id: nanoid(), name: name.trim() };
          if (forEveryone) saveSiteTemplate.mutate({ template: named });
          else saveUserTemplate.mutate({ account: me.name, template: named });
        }}
      >
        <TextField
          data-focus-first
          label={t('ui.name')}
          value={name}
          maxLength={MAX_TEMPLATE_NAME_LENGTH}
          required
          dir="auto"
          autoComplete="off"
          onFocus={({ currentTarget }) => currentTarget.select()}
          onValueChange={setName}
        />
        {presets.length > 0 && (
          <Field label={t('return-time.label')} note={null}>
            {(id) => (
              <select
                id={id}
                className="select-field"
                value={preset === null ? '' : preset.kind}
                onChange={({ currentTarget: { value } }) =>
                  setPreset(presets.find(({ kind }) => kind === value) ?? null)
                }
              >
                {presets.map((option) => (
                  <option key={option.kind} value={option.kind}>
                    {returnTimePresetLabel(t, formats, option)}
                  </option>
                ))}
                <option value="">{t('return-time.none')}</option>
              </select>
            )}
          </Field>
        )}
        {canManageTemplates(me) && (
          <label className="template-shared">
            <input
              type="checkbox"
              checked={forEveryone}
              onChange={({ currentTarget }) => setForEveryone(currentTarget.checked)}
            />
            {t('template.for-everyone')}
          </label>
        )}
        {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
        <DialogActions label={t('ui.save')} disabled={name.trim() === ''} onClose={onClose} />
      </form>
    </Dialog>
  );
}
