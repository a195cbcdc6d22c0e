import type { PresenceTemplate } from '@lampboard/protocol';
import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useMe } from '../../../data/http/api-context.tsx';
import { useCommandQuery } from '../../../data/http/use-command.ts';
import { resolveReturnTime } from '../../../entities/return-time/return-time-options.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { useT } from '../../../i18n/i18n-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { FieldNote } from '../../../ui/form/field.tsx';
import { lazyComponent } from '../../../ui/lazy-component.tsx';
import { PresenceIcon } from '../../../entities/presence/presence-badge.tsx';
import type { PresenceValue } from '../../../entities/presence/presence-value.ts';
import { templateLabel } from './template-label.ts';
import { useServerClock } from '../../../data/socket/live-context.tsx';
import './templates.css';

const SaveTemplate = lazyComponent(async () => (await import('./save-template.tsx')).SaveTemplate);
const ManageTemplates = lazyComponent(async () => (await import('./manage-templates.tsx')).ManageTemplates);

interface TemplatesProps {
  form: PresenceValue;
  isMyStatus: boolean;
  onApply: (value: PresenceValue) => void;
}

export function Templates({ form, isMyStatus, onApply }: TemplatesProps) {
  const t = useT();
  const me = useMe();
  const id = useId();
  const [expanded, setExpanded] = useState<boolean | null>(null);
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const shouldLoad = isMyStatus || expanded === true;
  const account = me?.name ?? '';
  const { reply } = useCommandQuery('list-templates', { account }, { enabled: me !== null && shouldLoad });
  const all = reply?.ok === true ? [...reply.value.user, ...reply.value.site] : [];
  const open = expanded ?? all.length > 0;
  if (me === null) return null;

  return (
    <div className="templates" data-my-status={isMyStatus || undefined}>
      <button
        type="button"
        className="button button-ghost templates-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setExpanded(!open)}
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
                <Button variant="ghost" onClick={() => setDialog('save')}>
                  {t('template.save-as')}
                </Button>
              )}
              {all.length > 0 && (
                <Button variant="ghost" onClick={() => setDialog('manage')}>
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
  templates: readonly PresenceTemplate[];
  onApply: (value: PresenceValue) => void;
}

function TemplateChips({ templates, onApply }: TemplateChipsProps) {
  const t = useT();
  const formats = useFormats();
  const serverNow = useServerClock();
  return (
    <ul className="chips template-chips">
      {templates.map((template) => {
        const { id, name, state, subtype, message, returnTime } = template;
        const apply = () =>
          onApply({
            state,
            subtype,
            message,
            returnTime: returnTime === null ? null : resolveReturnTime(returnTime, serverNow()),
          });
        return (
          <li key={id}>
            <button
              type="button"
              className="chip"
              title={templateLabel(t, formats, template)}
              onClick={apply}
            >
              <PresenceIcon state={state} />
              <bdi className="truncate">{name}</bdi>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
