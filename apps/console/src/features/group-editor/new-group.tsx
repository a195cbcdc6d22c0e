import { MAX_GROUPS, MAX_GROUP_NAME_LENGTH, type UserGroup } from '@lampboard/protocol';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useSettings, useUserGroups } from '../../data/settings/settings-context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

interface NewGroupProps {
  /** The name to begin with. */
  initialName: string;
  onCreated: (group: UserGroup) => void;
  onClose: () => void;
}

/** A new group begins with its name; people are added then. */
export function NewGroup({ initialName, onCreated, onClose }: NewGroupProps) {
  const t = useT();
  const settings = useSettings();
  const isLimitReached = useUserGroups().length >= MAX_GROUPS;
  const [name, setName] = useState(initialName);
  const [isSubmitted, setIsSubmitted] = useState(false);
  if (isLimitReached) return <p>{t('group-sheet.groups-full', { most: MAX_GROUPS })}</p>;

  const missing = isSubmitted && name.trim() === '';
  return (
    <form
      className="group-editor-new"
      onSubmit={(event) => {
        event.preventDefault();
        setIsSubmitted(true);
        if (name.trim() === '') return;
        const group = { id: crypto.randomUUID(), name: name.trim(), members: [] };
        settings.saveGroup(group);
        onCreated(group);
      }}
    >
      <TextField
        data-focus-first
        label={t('group-sheet.name')}
        note={t(missing ? 'group-sheet.name-missing' : 'group-sheet.name-note', {
          most: MAX_GROUP_NAME_LENGTH,
        })}
        invalid={missing}
        value={name}
        maxLength={MAX_GROUP_NAME_LENGTH}
        autoComplete="off"
        dir="auto"
        onValueChange={setName}
      />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary">
          {t('group-sheet.create')}
        </Button>
      </div>
    </form>
  );
}
