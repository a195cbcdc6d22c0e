import { isWritableProvider } from '@lampboard/protocol';
import type { KeyboardEvent } from 'react';
import { useRow } from '../../live/live-context.tsx';
import { viewOf } from './draft.ts';
import { useDrafts } from './drafts-context.tsx';
import { onPanelKey } from './panel-keys.ts';
import { saidOf } from './said.ts';
import { useRights } from './use-rights.ts';

/** The keys around an editor: 1 to 6, Ctrl+Enter, and Escape, which reverts what was typed, or else is handed on. */
export function usePersonKeys(id: string, onEscape: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  const row = useRow(id);
  const drafts = useDrafts();
  const rights = useRights(id);
  const now = row === undefined ? null : saidOf(row);
  const editable = row !== undefined && isWritableProvider(row.provider) && rights.set;

  return (event) => {
    const { dirty, saving } =
      now === null || !editable
        ? { dirty: false, saving: false }
        : viewOf(drafts.store.getState().drafts.get(id), now);
    onPanelKey(event, {
      onState: (state) => {
        if (now !== null && editable) drafts.edit(id, now, { state });
      },
      onSave: () => event.currentTarget.querySelector('form')?.requestSubmit(),
      onEscape: () => (dirty && !saving ? drafts.revert(id) : onEscape()),
    });
  };
}
