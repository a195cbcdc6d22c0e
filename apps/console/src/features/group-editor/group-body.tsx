import { type UserGroup, FAVOURITES, MAX_GROUP_MEMBERS } from '@lampboard/protocol';
import { useState, type Ref, type RefObject } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useSettings } from '../../data/preferences/settings-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useDisplayName } from '../../entities/extension/use-display-name.ts';
import { FieldHeading } from '../../ui/form/field.tsx';
import { AddMember } from './add-member.tsx';
import { GroupName, type GroupNameHandle } from './group-name.tsx';
import { MemberList } from './member-list.tsx';
import { moveItem } from './sortable-list.tsx';

interface GroupFormProps {
  group: UserGroup;
  name: Ref<GroupNameHandle>;
  field: RefObject<HTMLInputElement | null>;
  onRemoved: () => void;
}

/** Editor of a group; each change is saved immediately and merged with those of other computers. */
export function GroupForm({ group, name, field, onRemoved }: GroupFormProps) {
  const t = useT();
  const settings = useSettings();
  const nameOf = useDisplayName();
  const [announcement, setAnnouncement] = useState('');
  const { id, members } = group;

  /** Applies to the latest group, which another computer may have changed since the last render. */
  const change = (patch: (latest: UserGroup) => Partial<UserGroup>) => {
    const latest = settings.store.getState().groups.find((candidate) => candidate.id === id);
    if (latest !== undefined) settings.saveGroup({ ...latest, ...patch(latest) });
  };
  const add = (member: string) => {
    change((latest) =>
      latest.members.includes(member) || latest.members.length >= MAX_GROUP_MEMBERS
        ? {}
        : { members: [...latest.members, member] },
    );
    setAnnouncement(t('group-editor.added', { name: nameOf(member), count: members.length + 1 }));
  };
  const remove = (member: string) => {
    change((latest) => ({ members: latest.members.filter((other) => other !== member) }));
    setAnnouncement(t('group-editor.removed', { name: nameOf(member) }));
  };

  return (
    <>
      {id !== FAVOURITES && (
        <GroupName handle={name} name={group.name} onName={(next) => change(() => ({ name: next }))} />
      )}
      <AddMember field={field} members={members} onAdd={add} />
      <section>
        <FieldHeading>{t('group-editor.member-count', { count: members.length })}</FieldHeading>
        {members.length === 0 && <p className="note">{t('group-editor.no-members')}</p>}
        {members.length > 1 && <p className="note">{t('group-editor.how-to-move')}</p>}
        <MemberList
          members={members}
          onMove={(member, index) =>
            change((latest) => ({ members: moveItem(latest.members, member, index) }))
          }
          onRemove={remove}
          onEmptied={() => field.current?.focus()}
        />
      </section>
      <output className="visually-hidden">{announcement}</output>
      {id !== FAVOURITES && <DeleteGroup group={group} onRemoved={onRemoved} />}
    </>
  );
}

function DeleteGroup({ group, onRemoved }: { group: UserGroup; onRemoved: () => void }) {
  const t = useT();
  const settings = useSettings();
  const [isConfirming, setIsConfirming] = useState(false);
  return (
    <div className="group-editor-footer">
      <Button variant="danger" onClick={() => setIsConfirming(true)}>
        {t('group-editor.delete')}
      </Button>
      {isConfirming && (
        <ConfirmDialog
          heading={t('group-editor.delete-heading', { name: group.name })}
          confirmLabel={t('group-editor.delete')}
          busy={false}
          failure={null}
          onClose={() => setIsConfirming(false)}
          onConfirm={() => {
            settings.removeGroup(group.id);
            onRemoved();
          }}
        >
          {t('group-editor.delete-description')}
        </ConfirmDialog>
      )}
    </div>
  );
}
