import { FAVOURITES, type UserGroup, MAX_GROUP_NAME_LENGTH } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';
import { type Ref, useImperativeHandle, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

/** Characters before the end from where on it is told how many are left. */
const REMAINING_SHOWN_BELOW = 15;

export interface GroupNameHandle {
  /** Keeps what was typed, where it is a name. */
  save: () => void;
}

interface GroupNameProps {
  /** As it is kept; another computer may change it, and what is being typed here stays. */
  name: string;
  onName: (name: string) => void;
  handle?: Ref<GroupNameHandle>;
}

/** The name of a group, kept on Enter and on leaving the field. */
export function GroupName({ name, onName, handle }: GroupNameProps) {
  const t = useT();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? name;
  const missing = typed !== null && typed.trim() === '';
  const save = () => {
    if (typed === null || missing) return;
    setTyped(null);
    if (typed.trim() !== name) onName(typed.trim());
  };
  useImperativeHandle(handle, () => ({ save }));

  const note = () => {
    if (missing) return t('group-sheet.name-missing');
    const left = MAX_GROUP_NAME_LENGTH - text.length;
    return left > REMAINING_SHOWN_BELOW ? null : t('group-sheet.characters-left', { count: left });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={t('group-sheet.name')}
        note={note()}
        invalid={missing}
        value={text}
        maxLength={MAX_GROUP_NAME_LENGTH}
        autoComplete="off"
        dir="auto"
        onValueChange={setTyped}
        onBlur={save}
      />
    </form>
  );
}

export function userGroupLabel(t: Translate, { id, name }: UserGroup): string {
  return id === FAVOURITES ? t('group.favourites') : name;
}
