import { FAVOURITES } from '@lampboard/protocol';
import { Pencil, Star } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOwn, useOwnGroups } from '../../own/own-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { moved } from './moved.ts';
import { NewGroupButton } from './new-group-button.tsx';
import { SortableList } from './sortable-list.tsx';
import { nameOfGroup } from './name-of-group.ts';
import './group-sheet.css';

interface ArrangeSheetProps {
  onEdit: (id: string) => void;
  onNew: () => void;
  onClose: () => void;
}

/** All groups of the account's own, in their order; the favourites are always first. */
export function ArrangeSheet({ onEdit, onNew, onClose }: ArrangeSheetProps) {
  const t = useT();
  const own = useOwn();
  const groups = useOwnGroups();
  const movable = groups.filter(({ id }) => id !== FAVOURITES);
  const move = (id: string, place: number) => {
    const latest = own.store.getState().groups.flatMap((group) => (group.id === FAVOURITES ? [] : group.id));
    own.orderGroups([FAVOURITES, ...moved(latest, id, place)]);
  };
  const edit = (id: string, name: string) => (
    <button
      type="button"
      className="sortable-way"
      aria-label={t('group.edit-of', { name })}
      onClick={() => onEdit(id)}
    >
      <Pencil size={15} aria-hidden="true" />
    </button>
  );

  return (
    <Dialog heading={t('group.arrange')} look="sheet" onClose={onClose}>
      <NewGroupButton onNew={onNew} />
      <section>
        <div className="sortable-row group-sheet-favourites">
          <span className="group-sheet-star" aria-hidden="true">
            <Star size={15} />
          </span>
          <span className="sortable-body">{t('group.favourites')}</span>
          <div className="sortable-ways">{edit(FAVOURITES, t('group.favourites'))}</div>
        </div>
        <SortableList
          label={t('group.groups')}
          items={movable.map((group) => ({ id: group.id, name: nameOfGroup(t, group) }))}
          onMove={move}
          renderWays={({ id, name }) => edit(id, name)}
        >
          {({ name }) => <span dir="auto">{name}</span>}
        </SortableList>
      </section>
      {movable.length > 1 && <p className="group-sheet-hint">{t('group-sheet.how-to-move')}</p>}
    </Dialog>
  );
}
