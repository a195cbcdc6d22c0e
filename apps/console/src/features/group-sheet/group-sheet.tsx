import { useEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOwnGroups } from '../../own/own-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { GroupBody } from './group-body.tsx';
import type { GroupNameHandle } from './group-name.tsx';
import { NewGroup } from './new-group.tsx';
import { nameOfGroup } from './name-of-group.ts';
import './group-sheet.css';

interface GroupSheetProps {
  /** Null: a new one. */
  id: string | null;
  onMade: (id: string) => void;
  onRemoved: (id: string) => void;
  onClose: () => void;
}

/** One group of the account's own: who is in it, and how it is called. */
export function GroupSheet({ id, onMade, onRemoved, onClose }: GroupSheetProps) {
  const t = useT();
  const [made, setMade] = useState<string | null>(null);
  const wanted = id ?? made;
  const group = useOwnGroups().find((one) => one.id === wanted);
  const name = useRef<GroupNameHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (made !== null) field.current?.focus();
  }, [made]);

  const heading = () => {
    if (wanted === null) return t('group.new');
    return group === undefined ? t('group.gone') : nameOfGroup(t, group);
  };
  return (
    <Dialog
      heading={heading()}
      look="sheet"
      onClose={() => {
        name.current?.keep();
        onClose();
      }}
    >
      {wanted === null && (
        <NewGroup
          onClose={onClose}
          onMade={(next) => {
            setMade(next);
            onMade(next);
          }}
        />
      )}
      {wanted !== null && group === undefined && <p>{t('group.gone-what')}</p>}
      {group !== undefined && (
        <GroupBody group={group} name={name} field={field} onRemoved={() => onRemoved(group.id)} />
      )}
    </Dialog>
  );
}
