import { GROUPS_MAX, GROUP_NAME_LENGTH, type OwnGroup } from '@lampboard/protocol';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOwn, useOwnGroups } from '../../own/own-context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface NewGroupProps {
  /** The name to begin with. */
  given: string;
  onMade: (group: OwnGroup) => void;
  onClose: () => void;
}

/** A new group begins with its name; people are added then. */
export function NewGroup({ given, onMade, onClose }: NewGroupProps) {
  const t = useT();
  const own = useOwn();
  const full = useOwnGroups().length >= GROUPS_MAX;
  const [name, setName] = useState(given);
  const [tried, setTried] = useState(false);
  if (full) return <p>{t('group-sheet.groups-full', { most: GROUPS_MAX })}</p>;

  const missing = tried && name.trim() === '';
  return (
    <form
      className="group-sheet-new"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (name.trim() === '') return;
        const group = { id: crypto.randomUUID(), name: name.trim(), members: [] };
        own.saveGroup(group);
        onMade(group);
      }}
    >
      <TextField
        data-focus-first
        label={t('group-sheet.name')}
        note={t(missing ? 'group-sheet.name-missing' : 'group-sheet.name-note', { most: GROUP_NAME_LENGTH })}
        refused={missing}
        value={name}
        maxLength={GROUP_NAME_LENGTH}
        autoComplete="off"
        dir="auto"
        onText={setName}
      />
      <div className="dialog-ways">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="strong">
          {t('group-sheet.create')}
        </Button>
      </div>
    </form>
  );
}
