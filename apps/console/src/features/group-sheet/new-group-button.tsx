import { GROUPS_MAX } from '@lampboard/protocol';
import { Plus } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOwnGroups } from '../../own/own-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/field.tsx';

/** Groups before the end from where on it is told how many are left. */
const NEAR = 5;

/** Leads to a new group, and tells for how many there is room. */
export function NewGroupButton({ onNew }: { onNew: () => void }) {
  const t = useT();
  const left = GROUPS_MAX - useOwnGroups().length;
  const note =
    left > 0
      ? t('group-sheet.groups-left', { count: left })
      : t('group-sheet.groups-full', { most: GROUPS_MAX });
  return (
    <div className="group-sheet-new">
      <Button aria-disabled={left <= 0 || undefined} onClick={() => left > 0 && onNew()}>
        <Plus size={16} aria-hidden="true" />
        {t('group.new')}
      </Button>
      {left <= NEAR && <FieldNote>{note}</FieldNote>}
    </div>
  );
}
