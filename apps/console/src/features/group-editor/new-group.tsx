import { MAX_GROUPS, MAX_GROUP_NAME_LENGTH, type UserGroup } from '@lampboard/protocol';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useSettings, useUserGroups } from '../../data/preferences/settings-context.tsx';
import { DialogActions } from '../../ui/form/dialog-actions.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

interface NewGroupProps {
  initialName: string;
  onCreated: (group: UserGroup) => void;
  onClose: () => void;
}

export function NewGroup({ initialName, onCreated, onClose }: NewGroupProps) {
  const t = useT();
  const settings = useSettings();
  const isLimitReached = useUserGroups().length >= MAX_GROUPS;
  const [name, setName] = useState(initialName);
  const [isSubmitted, setIsSubmitted] = useState(false);
  if (isLimitReached) return <p>{t('group-editor.groups-full', { max: MAX_GROUPS })}</p>;

  const missing = isSubmitted && name.trim() === '';
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        setIsSubmitted(true);
        if (name.trim() === '') return;
        const group = { id: nanoid(), name: name.trim(), members: [] };
        settings.saveGroup(group);
        onCreated(group);
      }}
    >
      <TextField
        data-focus-first
        label={t('ui.name')}
        note={t(missing ? 'group-editor.name-missing' : 'group-editor.name-note', {
          max: MAX_GROUP_NAME_LENGTH,
        })}
        invalid={missing}
        value={name}
        maxLength={MAX_GROUP_NAME_LENGTH}
        autoComplete="off"
        dir="auto"
        onValueChange={setName}
      />
      <DialogActions label={t('group-editor.create')} onClose={onClose} />
    </form>
  );
}
