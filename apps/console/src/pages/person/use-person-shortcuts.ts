import type { KeyboardEvent } from 'react';
import { isTextInput } from '../../keyboard/is-text-input.ts';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { useExtension } from '../../data/socket/live-context.tsx';
import { toView } from '../../entities/presence-draft/draft.ts';
import { useDrafts } from '../../entities/presence-draft/drafts-context.tsx';
import { isPresenceEditable, usePermissions } from '../../entities/presence-draft/use-permissions.ts';
import { presenceValueOf } from '../../entities/presence/presence-value.ts';

/** Shortcuts of the panel: 1 to 6, save, and Escape, which reverts a draft or else calls `onEscape`. */
export function usePersonShortcuts(
  id: string,
  onEscape: () => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  const extension = useExtension(id);
  const drafts = useDrafts();
  const permissions = usePermissions(id);
  const current = extension === undefined ? null : presenceValueOf(extension);
  const editable = extension !== undefined && isPresenceEditable(extension) && permissions.setPresence;

  return (event) => {
    const key = event.nativeEvent.isComposing ? null : matchShortcut('person', event);
    // Handled by the page.
    if (key === null || key === 'favourite' || key === 'watch') return;
    const { dirty, saving } =
      current === null || !editable
        ? { dirty: false, saving: false }
        : toView(drafts.store.getState().drafts.get(id), current);
    if (key === 'save') event.currentTarget.querySelector('form')?.requestSubmit();
    else if (key === 'close' && dirty && !saving) drafts.revert(id);
    else if (key === 'close') onEscape();
    // Alt+digit belongs to the browser.
    else if (event.altKey || isTextInput(event.target)) return;
    else if (current !== null && editable) drafts.edit(id, current, { state: key });
    event.preventDefault();
    event.stopPropagation();
  };
}
