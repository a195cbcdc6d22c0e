import type { UserGroup } from '@lampboard/protocol';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useUserGroups } from '../../data/preferences/settings-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { GroupForm } from './group-body.tsx';
import type { GroupNameHandle } from './group-name.tsx';
import { userGroupLabel } from '../../entities/group/groups.ts';
import { NewGroup } from './new-group.tsx';
import './group-editor.css';
import { GroupListEditor } from './group-list-editor.tsx';

/** A group without an id is a new one. */
export type GroupEditorView =
  | { readonly kind: 'group'; readonly id: string | null }
  | { readonly kind: 'group-list' };

interface GroupEditorsProps {
  view: GroupEditorView;
  onViewChange: (view: GroupEditorView | null) => void;
  onCreated: (id: string) => void;
  onRemoved: (id: string) => void;
}

export function GroupEditors({ view, onViewChange, onCreated, onRemoved }: GroupEditorsProps) {
  const close = () => onViewChange(null);
  switch (view.kind) {
    case 'group-list':
      return (
        <GroupListEditor
          onEdit={(id) => onViewChange({ kind: 'group', id })}
          onNew={() => onViewChange({ kind: 'group', id: null })}
          onClose={close}
        />
      );
    case 'group':
      return (
        <GroupEditor
          id={view.id}
          onCreated={onCreated}
          onRemoved={(id) => {
            close();
            onRemoved(id);
          }}
          onClose={close}
        />
      );
  }
}

interface GroupEditorProps {
  /** Null for a new group. */
  id: string | null;
  onCreated: (id: string) => void;
  onRemoved: (id: string) => void;
  onClose: () => void;
}

function GroupEditor({ id, onCreated, onRemoved, onClose }: GroupEditorProps) {
  const t = useT();
  const [createdGroup, setCreatedGroup] = useState<UserGroup | null>(null);
  const groupId = id ?? createdGroup?.id ?? null;
  const group = useUserGroups().find((one) => one.id === groupId);
  // A rejected group is gone too: its name can be sent again.
  const isNew = id === null && group === undefined;
  const name = useRef<GroupNameHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (createdGroup !== null) field.current?.focus();
  }, [createdGroup]);

  const heading = () => {
    if (isNew) return t('group.new');
    return group === undefined ? t('group.deleted') : userGroupLabel(t, group);
  };
  return (
    <Dialog
      heading={heading()}
      variant="sheet"
      onClose={() => {
        name.current?.save();
        onClose();
      }}
    >
      {isNew && (
        <NewGroup
          initialName={createdGroup?.name ?? ''}
          onClose={onClose}
          onCreated={(next) => {
            setCreatedGroup(next);
            onCreated(next.id);
          }}
        />
      )}
      {id !== null && group === undefined && <p>{t('group.deleted-description')}</p>}
      {group !== undefined && (
        <GroupForm group={group} name={name} field={field} onRemoved={() => onRemoved(group.id)} />
      )}
    </Dialog>
  );
}
