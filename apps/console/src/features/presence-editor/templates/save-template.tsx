import {
  type ReturnTime,
  type RelativeReturnTime,
  type Me,
  MAX_TEMPLATE_NAME_LENGTH,
  isSettableState,
  canManageTemplates,
} from '@lampboard/protocol';
import { minutesOfDay } from '../../../entities/return-time/return-time-options.ts';
import { useState } from 'react';
import { useCommand } from '../../../data/http/use-command.ts';
import { useQueryClient } from '../../../data/http/use-query-client.ts';
import { failureMessage } from '../../../i18n/failure-message.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { useT } from '../../../i18n/i18n-context.tsx';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, FieldNote } from '../../../ui/form/field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import type { PresenceValue } from '../../../entities/presence/current-presence.ts';
import { returnTimePresetLabel, templateLabel } from './template-label.ts';
import { useServerClock } from '../../../data/socket/live-context.tsx';

const MINUTE = 60_000;
const QUARTER = 15;
const DAY_MINUTES = 24 * 60;

/** The plans that could be meant by a return time, the likelier first: a quarter of an hour was meant by the clock. */
function returnTimePresetsFor(
  { at: returnsAt, thenState: next }: ReturnTime,
  now: number,
): readonly RelativeReturnTime[] {
  const minutesAhead = Math.round((returnsAt - now) / MINUTE);
  const clockTime: RelativeReturnTime = { kind: 'at', minutes: minutesOfDay(returnsAt), thenState: next };
  if (minutesAhead < 1) return [clockTime];
  const relative: RelativeReturnTime = { kind: 'in', minutes: minutesAhead, thenState: next };
  const prefersClockTime = minutesAhead < DAY_MINUTES && clockTime.minutes % QUARTER === 0;
  return prefersClockTime ? [clockTime, relative] : [relative, clockTime];
}

interface SaveTemplateProps {
  me: Me;
  form: PresenceValue;
  onClose: () => void;
}

/** Keeps what stands in the form under a name. */
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
        className="template-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          const named = { ...template, id: crypto.randomUUID(), name: name.trim() };
          if (forEveryone) saveSiteTemplate.mutate({ template: named });
          else saveUserTemplate.mutate({ account: me.name, template: named });
        }}
      >
        <TextField
          data-focus-first
          label={t('template.name')}
          value={name}
          maxLength={MAX_TEMPLATE_NAME_LENGTH}
          required
          dir="auto"
          autoComplete="off"
          onFocus={({ currentTarget }) => currentTarget.select()}
          onValueChange={setName}
        />
        {presets.length > 0 && (
          <Field label={t('back.back')} note={null}>
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
                <option value="">{t('back.clear')}</option>
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
            {t('template.for-everybody')}
          </label>
        )}
        {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" type="submit" aria-disabled={name.trim() === '' || undefined}>
            {t('editor.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
