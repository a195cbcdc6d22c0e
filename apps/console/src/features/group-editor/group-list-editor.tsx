import { MAX_GROUPS, FAVOURITES } from '@lampboard/protocol';
import { Plus, Pencil, Star } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useUserGroups, useSettings } from '../../data/preferences/settings-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/form/field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { moveItem, SortableList } from './sortable-list.tsx';
import { userGroupLabel } from '../../entities/group/groups.ts';
import './group-editor.css';

const REMAINING_SHOWN_BELOW = 5;

export function NewGroupButton({ onNew }: { onNew: () => void }) {
  const t = useT();
  const left = MAX_GROUPS - useUserGroups().length;
  const note =
    left > 0
      ? t('group-editor.groups-left', { count: left })
      : t('group-editor.groups-full', { max: MAX_GROUPS });
  return (
    <div className="form">
      <Button aria-disabled={left <= 0 || undefined} onClick={() => left > 0 && onNew()}>
        <Plus size={16} aria-hidden="true" />
        {t('group.new')}
      </Button>
      {left <= REMAINING_SHOWN_BELOW && <FieldNote>{note}</FieldNote>}
    </div>
  );
}

interface GroupListEditorProps {
  onEdit: (id: string) => void;
  onNew: () => void;
  onClose: () => void;
}

export function GroupListEditor({ onEdit, onNew, onClose }: GroupListEditorProps) {
  const t = useT();
  const settings = useSettings();
  const groups = useUserGroups();
  const movable = groups.filter(({ id }) => id !== FAVOURITES);
  const move = (id: string, index: number) => {
    const latest = settings.store
      .getState()
      .groups.flatMap((group) => (group.id === FAVOURITES ? [] : group.id));
    settings.reorderGroups([FAVOURITES, ...moveItem(latest, id, index)]);
  };
  const edit = (id: string, name: string) => (
    <IconButton Icon={Pencil} size={15} label={t('ui.edit-of', { name })} onClick={() => onEdit(id)} />
  );

  return (
    <Dialog heading={t('group.manage')} variant="sheet" onClose={onClose}>
      <NewGroupButton onNew={onNew} />
      <section>
        <div className="sortable-row group-editor-favourites">
          <span className="group-editor-star" aria-hidden="true">
            <Star size={15} />
          </span>
          <span className="sortable-body">{t('group.favourites')}</span>
          <div className="sortable-actions">{edit(FAVOURITES, t('group.favourites'))}</div>
        </div>
        <SortableList
          label={t('group.groups')}
          items={movable.map((group) => ({ id: group.id, name: userGroupLabel(t, group) }))}
          onMove={move}
          renderActions={({ id, name }) => edit(id, name)}
        >
          {({ name }) => <span dir="auto">{name}</span>}
        </SortableList>
      </section>
      {movable.length > 1 && <p className="note">{t('group-editor.how-to-move')}</p>}
    </Dialog>
  );
}
