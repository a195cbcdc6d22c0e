import type { OwnGroup } from '@lampboard/protocol';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOwn } from '../../own/own-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Asks, and removes the group; who was in it stays on the board. */
export function DeleteGroup({ group, onRemoved }: { group: OwnGroup; onRemoved: () => void }) {
  const t = useT();
  const own = useOwn();
  const [asks, setAsks] = useState(false);
  return (
    <div className="group-sheet-end">
      <Button look="danger" onClick={() => setAsks(true)}>
        {t('group-sheet.delete')}
      </Button>
      {asks && (
        <ConfirmDialog
          heading={t('group-sheet.delete-heading', { name: group.name })}
          word={t('group-sheet.delete')}
          busy={false}
          failure={null}
          onClose={() => setAsks(false)}
          onConfirm={() => {
            own.removeGroup(group.id);
            onRemoved();
          }}
        >
          {t('group-sheet.delete-what')}
        </ConfirmDialog>
      )}
    </div>
  );
}
