import { MAX_GROUP_NAME_LENGTH } from '@lampboard/protocol';
import { type Ref, useImperativeHandle, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

const REMAINING_SHOWN_BELOW = 15;

export interface GroupNameHandle {
  /** Saves the typed name if it is valid. */
  save: () => void;
}

interface GroupNameProps {
  /** The saved name; a change by another computer does not overwrite the typed one. */
  name: string;
  onName: (name: string) => void;
  handle?: Ref<GroupNameHandle>;
}

/** The name of a group, saved on Enter and on blur. */
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
    if (missing) return t('group-editor.name-missing');
    const left = MAX_GROUP_NAME_LENGTH - text.length;
    return left > REMAINING_SHOWN_BELOW ? null : t('group-editor.characters-left', { count: left });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={t('ui.name')}
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
