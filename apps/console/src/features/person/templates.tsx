import type { Template } from '@lampboard/protocol';
import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useMe } from '../../api/api-context.tsx';
import { useList } from '../../api/use-command.ts';
import { backOfPlan } from '../../i18n/back-plan.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/field.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { PresenceIcon } from '../../ui/presence-badge.tsx';
import type { Said } from './said.ts';
import { templateWords } from './template-words.ts';
import { useTime } from './use-time.ts';
import './templates.css';

const SaveTemplate = lazyPart(async () => (await import('./save-template.tsx')).SaveTemplate);
const ManageTemplates = lazyPart(async () => (await import('./manage-templates.tsx')).ManageTemplates);

interface TemplatesProps {
  form: Said;
  /** On a page of one's own they are open where there are some. */
  own: boolean;
  onApply: (said: Said) => void;
}

/** Everything about a presence with one click: state, texts and return time, ready to be saved. */
export function Templates({ form, own, onApply }: TemplatesProps) {
  const t = useT();
  const me = useMe();
  const id = useId();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const asked = own || wanted === true;
  const account = me?.name ?? '';
  const { reply } = useList('list-templates', { account }, { enabled: me !== null && asked });
  const all = reply?.ok === true ? [...reply.value.own, ...reply.value.site] : [];
  const open = wanted ?? all.length > 0;
  if (me === null) return null;

  return (
    <div className="templates" data-own={own || undefined}>
      <button
        type="button"
        className="templates-open"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setWanted(!open)}
      >
        {t('template.templates')}
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      <div id={id} hidden={!open}>
        {open && reply !== undefined && (
          <>
            {all.length === 0 && (
              <FieldNote>{reply.ok ? t('template.none') : t('template.failed')}</FieldNote>
            )}
            <TemplateChips templates={all} onApply={onApply} />
            <div className="templates-more">
              {form.state !== 'not_set' && (
                <Button look="quiet" onClick={() => setDialog('save')}>
                  {t('template.save-as')}
                </Button>
              )}
              {all.length > 0 && (
                <Button look="quiet" onClick={() => setDialog('manage')}>
                  {t('template.manage')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
      {dialog === 'save' && <SaveTemplate me={me} form={form} onClose={() => setDialog(null)} />}
      {dialog === 'manage' && <ManageTemplates me={me} onClose={() => setDialog(null)} />}
    </div>
  );
}

interface TemplateChipsProps {
  templates: readonly Template[];
  onApply: (said: Said) => void;
}

function TemplateChips({ templates, onApply }: TemplateChipsProps) {
  const t = useT();
  const formats = useFormats();
  const time = useTime();
  return (
    <ul className="template-chips">
      {templates.map((template) => {
        const { id, name, state, subtype, message, back } = template;
        const apply = () =>
          onApply({ state, subtype, message, back: back === null ? null : backOfPlan(back, time()) });
        return (
          <li key={id}>
            <button type="button" title={templateWords(t, formats, template)} onClick={apply}>
              <PresenceIcon state={state} />
              <bdi>{name}</bdi>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
