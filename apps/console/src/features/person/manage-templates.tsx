import { type Me, TEMPLATE_NAME_LENGTH, type Template, mayManageTemplates } from '@lampboard/protocol';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useCommand, useList } from '../../api/use-command.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FieldHeading, FieldNote } from '../../ui/field.tsx';
import { templateWords } from './template-words.ts';

/** Renames templates and removes them: one's own, and those of the site where the account may. */
export function ManageTemplates({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useT();
  const account = me.name;
  const { reply, refresh } = useList('list-templates', { account });
  const { own, site } = reply?.ok === true ? reply.value : { own: [], site: [] };
  const onDone = () => void refresh();
  const saveOwn = useCommand('save-template', onDone);
  const removeOwn = useCommand('remove-template', onDone);
  const saveSite = useCommand('save-site-template', onDone);
  const removeSite = useCommand('remove-site-template', onDone);
  const failure = [saveOwn, removeOwn, saveSite, removeSite].find(
    (command) => command.failure !== null,
  )?.failure;

  return (
    <Dialog heading={t('template.templates')} onClose={onClose}>
      {failure && <Alert>{failureWords(t, failure)}</Alert>}
      <TemplateList
        heading={t('template.own')}
        templates={own}
        onSave={(template) => saveOwn.ask({ account, template })}
        onRemove={(template) => removeOwn.ask({ account, template })}
      />
      {mayManageTemplates(me) && (
        <TemplateList
          heading={t('template.of-everybody')}
          templates={site}
          onSave={(template) => saveSite.ask({ template })}
          onRemove={(template) => removeSite.ask({ template })}
        />
      )}
    </Dialog>
  );
}

interface TemplateListProps {
  heading: string;
  templates: readonly Template[];
  onSave: (template: Template) => void;
  onRemove: (id: string) => void;
}

function TemplateList({ heading, templates, onSave, onRemove }: TemplateListProps) {
  const t = useT();
  const [removed, setRemoved] = useState<Template | null>(null);
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
            <Button look="quiet" onClick={() => onSave(removed)}>
              {t('editor.take-back.reverted')}
            </Button>
          </>
        )}
      </output>
    </section>
  );
}

interface TemplateLineProps {
  template: Template;
  onSave: (template: Template) => void;
  onRemove: () => void;
}

function TemplateLine({ template, onSave, onRemove }: TemplateLineProps) {
  const t = useT();
  const formats = useFormats();
  const [name, setName] = useState(template.name);
  const wanted = name.trim();
  const renamed = wanted !== '' && wanted !== template.name;
  return (
    <li>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (renamed) onSave({ ...template, name: wanted });
        }}
      >
        <span className="text-field">
          <input
            aria-label={t('template.name-of', { name: template.name })}
            value={name}
            maxLength={TEMPLATE_NAME_LENGTH}
            dir="auto"
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        </span>
        {renamed && <Button type="submit">{t('template.rename')}</Button>}
        <Button
          look="quiet"
          aria-label={t('template.remove', { name: template.name })}
          title={t('template.remove', { name: template.name })}
          onClick={onRemove}
        >
          <Trash2 size={16} aria-hidden="true" />
        </Button>
      </form>
      <p className="field-note" dir="auto">
        {templateWords(t, formats, template)}
      </p>
    </li>
  );
}
