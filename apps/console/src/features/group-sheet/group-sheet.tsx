import type { OwnGroup } from '@lampboard/protocol';
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
  const [made, setMade] = useState<OwnGroup | null>(null);
  const wanted = id ?? made?.id ?? null;
  const group = useOwnGroups().find((one) => one.id === wanted);
  // One that was refused is not there any more either: its name can be sent again.
  const isNew = id === null && group === undefined;
  const name = useRef<GroupNameHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (made !== null) field.current?.focus();
  }, [made]);

  const heading = () => {
    if (isNew) return t('group.new');
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
      {isNew && (
        <NewGroup
          given={made?.name ?? ''}
          onClose={onClose}
          onMade={(next) => {
            setMade(next);
            onMade(next.id);
          }}
        />
      )}
      {id !== null && group === undefined && <p>{t('group.gone-what')}</p>}
      {group !== undefined && (
        <GroupBody group={group} name={name} field={field} onRemoved={() => onRemoved(group.id)} />
      )}
    </Dialog>
  );
}
