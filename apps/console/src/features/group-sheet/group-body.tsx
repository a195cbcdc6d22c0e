import { FAVOURITES, MEMBERS_MAX, type OwnGroup } from '@lampboard/protocol';
import { type Ref, type RefObject, useState } from 'react';
import { useNameOf } from '../../extension/use-name-of.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOwn } from '../../own/own-context.tsx';
import { FieldHeading } from '../../ui/field.tsx';
import { AddMember } from './add-member.tsx';
import { DeleteGroup } from './delete-group.tsx';
import { GroupName, type GroupNameHandle } from './group-name.tsx';
import { MemberList } from './member-list.tsx';
import { moved } from './moved.ts';

interface GroupBodyProps {
  group: OwnGroup;
  name: Ref<GroupNameHandle>;
  /** Where people are searched to be added. */
  field: RefObject<HTMLInputElement | null>;
  onRemoved: () => void;
}

/** Name and members of a group: each change is kept as it is made, and what another computer changes shows at once. */
export function GroupBody({ group, name, field, onRemoved }: GroupBodyProps) {
  const t = useT();
  const own = useOwn();
  const nameOf = useNameOf();
  const [news, setNews] = useState('');
  const { id, members } = group;

  /** Of the group as it is at this very moment: another computer may have changed it since this was drawn. */
  const change = (patch: (latest: OwnGroup) => Partial<OwnGroup>) => {
    const latest = own.store.getState().groups.find((one) => one.id === id);
    if (latest !== undefined) own.saveGroup({ ...latest, ...patch(latest) });
  };
  const add = (member: string) => {
    change((latest) =>
      latest.members.includes(member) || latest.members.length >= MEMBERS_MAX
        ? {}
        : { members: [...latest.members, member] },
    );
    setNews(t('group-sheet.added', { name: nameOf(member), count: members.length + 1 }));
  };
  const remove = (member: string) => {
    change((latest) => ({ members: latest.members.filter((other) => other !== member) }));
    setNews(t('group-sheet.removed', { name: nameOf(member) }));
  };

  return (
    <>
      {id !== FAVOURITES && (
        <GroupName handle={name} name={group.name} onName={(next) => change(() => ({ name: next }))} />
      )}
      <AddMember field={field} members={members} onAdd={add} />
      <section>
        <FieldHeading>{t('group-sheet.members-of', { count: members.length })}</FieldHeading>
        {members.length === 0 && <p className="group-sheet-hint">{t('group-sheet.no-members')}</p>}
        {members.length > 1 && <p className="group-sheet-hint">{t('group-sheet.how-to-move')}</p>}
        <MemberList
          members={members}
          onMove={(member, place) => change((latest) => ({ members: moved(latest.members, member, place) }))}
          onRemove={remove}
          onEmptied={() => field.current?.focus()}
        />
      </section>
      <output className="unseen">{news}</output>
      {id !== FAVOURITES && <DeleteGroup group={group} onRemoved={onRemoved} />}
    </>
  );
}
