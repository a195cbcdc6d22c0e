import {
  type Me,
  MAX_TEMPLATE_NAME_LENGTH,
  type PresenceTemplate,
  canManageTemplates,
} from '@lampboard/protocol';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useCommand, useCommandQuery } from '../../../data/http/use-command.ts';
import { failureMessage } from '../../../i18n/failure-message.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { useT } from '../../../i18n/i18n-context.tsx';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FieldHeading, FieldNote } from '../../../ui/form/field.tsx';
import { templateLabel } from './template-label.ts';

export function ManageTemplates({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useT();
  const account = me.name;
  const { reply, refresh } = useCommandQuery('list-templates', { account });
  const { user, site } = reply?.ok === true ? reply.value : { user: [], site: [] };
  const onDone = () => void refresh();
  const saveUserTemplate = useCommand('save-template', onDone);
  const removeUserTemplate = useCommand('remove-template', onDone);
  const saveSiteTemplate = useCommand('save-site-template', onDone);
  const removeSiteTemplate = useCommand('remove-site-template', onDone);
  const failure = [saveUserTemplate, removeUserTemplate, saveSiteTemplate, removeSiteTemplate].find(
    (command) => command.failure !== null,
  )?.failure;

  return (
    <Dialog heading={t('template.templates')} onClose={onClose}>
      {failure && <Alert>{failureMessage(t, failure)}</Alert>}
      <TemplateList
        heading={t('template.yours')}
        templates={user}
        onSave={(template) => saveUserTemplate.mutate({ account, template })}
        onRemove={(template) => removeUserTemplate.mutate({ account, template })}
      />
      {canManageTemplates(me) && (
        <TemplateList
          heading={t('template.for-everyone')}
          templates={site}
          onSave={(template) => saveSiteTemplate.mutate({ template })}
          onRemove={(template) => removeSiteTemplate.mutate({ template })}
        />
      )}
    </Dialog>
  );
}

interface TemplateListProps {
  heading: string;
  templates: readonly PresenceTemplate[];
  onSave: (template: PresenceTemplate) => void;
  onRemove: (id: string) => void;
}

function TemplateList({ heading, templates, onSave, onRemove }: TemplateListProps) {
  const t = useT();
  const [removed, setRemoved] = useState<PresenceTemplate | null>(null);
  return (
    <section className="template-list">
      <FieldHeading>{heading}</FieldHeading>
      {templates.length === 0 && <FieldNote>{t('template.none')}</FieldNote>}
      <ul>
        {templates.map((template) => (
          <TemplateLine
            key={template.id}
            template={template}
            onSave={onSave}
            onRemove={() => {
              setRemoved(template);
              onRemove(template.id);
            }}
          />
        ))}
      </ul>
      <output>
        {removed !== null && !templates.some(({ id }) => id === removed.id) && (
          <>
            {t('template.removed', { name: removed.name })}
            <Button variant="ghost" onClick={() => onSave(removed)}>
              {t('editor.undo.reverted')}
            </Button>
          </>
        )}
      </output>
    </section>
  );
}

interface TemplateLineProps {
  template: PresenceTemplate;
  onSave: (template: PresenceTemplate) => void;
  onRemove: () => void;
}

function TemplateLine({ template, onSave, onRemove }: TemplateLineProps) {
  const t = useT();
  const formats = useFormats();
  const [name, setName] = useState(template.name);
  const newName = name.trim();
  const renamed = newName !== '' && newName !== template.name;
  return (
    <li>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (renamed) onSave({ ...template, name: newName });
        }}
      >
        <span className="text-field">
          <input
            aria-label={t('template.name-of', { name: template.name })}
            value={name}
            maxLength={MAX_TEMPLATE_NAME_LENGTH}
            dir="auto"
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        </span>
        {renamed && <Button type="submit">{t('template.rename')}</Button>}
        <Button
          variant="ghost"
          aria-label={t('ui.remove', { name: template.name })}
          title={t('ui.remove', { name: template.name })}
          onClick={onRemove}
        >
          <Trash2 size={16} aria-hidden="true" />
        </Button>
      </form>
      <p className="field-note" dir="auto">
        {templateLabel(t, formats, template)}
      </p>
    </li>
  );
}
