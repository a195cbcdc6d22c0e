import {
  type BackPlan,
  type Me,
  TEMPLATE_NAME_LENGTH,
  isSettableState,
  mayManageTemplates,
} from '@lampboard/protocol';
import { useState } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { useQueryClient } from '../../api/use-query-client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldNote } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { plansOf } from './back-plans.ts';
import type { Said } from './said.ts';
import { planWords, templateWords } from './template-words.ts';
import { useTime } from './use-time.ts';

interface SaveTemplateProps {
  me: Me;
  form: Said;
  onClose: () => void;
}

/** Keeps what stands in the form under a name. */
export function SaveTemplate({ me, form, onClose }: SaveTemplateProps) {
  const t = useT();
  const formats = useFormats();
  const queries = useQueryClient();
  const time = useTime();
  const { state, subtype, message } = form;
  const [name, setName] = useState(subtype);
  const [everybody, setEverybody] = useState(false);
  const [plans] = useState(() => (form.back === null ? [] : plansOf(form.back, time())));
  const [plan, setPlan] = useState<BackPlan | null>(plans[0] ?? null);
  const onDone = () => {
    void queries.invalidateQueries({ queryKey: ['list-templates'] });
    onClose();
  };
  const own = useCommand('save-template', onDone);
  const site = useCommand('save-site-template', onDone);
  const failure = own.failure ?? site.failure;
  if (!isSettableState(state)) return null;
  const template = { state, subtype, message, back: plan };

  return (
    <Dialog heading={t('template.save-as')} onClose={onClose}>
      <FieldNote>
        <span dir="auto">{templateWords(t, formats, template)}</span>
      </FieldNote>
      <form
        className="template-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          const named = { ...template, id: crypto.randomUUID(), name: name.trim() };
          if (everybody) site.ask({ template: named });
          else own.ask({ account: me.name, template: named });
        }}
      >
        <TextField
          data-focus-first
          label={t('template.name')}
          value={name}
          maxLength={TEMPLATE_NAME_LENGTH}
          required
          dir="auto"
          autoComplete="off"
          onFocus={({ currentTarget }) => currentTarget.select()}
          onText={setName}
        />
        {plans.length > 0 && (
          <Field label={t('back.back')} note={null}>
            {(id) => (
              <select
                id={id}
                className="select-field"
                value={plan === null ? '' : plan.kind}
                onChange={({ currentTarget: { value } }) =>
                  setPlan(plans.find(({ kind }) => kind === value) ?? null)
                }
              >
                {plans.map((each) => (
                  <option key={each.kind} value={each.kind}>
                    {planWords(t, formats, each)}
                  </option>
                ))}
                <option value="">{t('back.clear')}</option>
              </select>
            )}
          </Field>
        )}
        {mayManageTemplates(me) && (
          <label className="template-everybody">
            <input
              type="checkbox"
              checked={everybody}
              onChange={({ currentTarget }) => setEverybody(currentTarget.checked)}
            />
            {t('template.for-everybody')}
          </label>
        )}
        {failure !== null && <Alert>{failureWords(t, failure)}</Alert>}
        <div className="dialog-ways">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button look="strong" type="submit" aria-disabled={name.trim() === '' || undefined}>
            {t('editor.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
