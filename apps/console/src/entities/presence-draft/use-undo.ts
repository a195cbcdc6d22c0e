import { useEffect, useRef } from 'react';
import { isTextInput } from '../../keyboard/is-text-input.ts';
import { type UndoEntry, type UndoHistory, countInFlight } from './drafts.ts';
import { useDrafts } from './drafts-context.tsx';
import { reusablePresence, samePresenceValue } from '../presence/presence-value.ts';
import { isSettableState } from '@lampboard/protocol';
import { waitForState } from '../../data/socket/wait-for-state.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';
import { SAVE_IN_PROGRESS, useOutcomeToasts } from './use-outcome.ts';
import { useSendDraft } from './use-save.ts';
import { useServerClock } from '../../data/socket/live-context.tsx';

/** Undoes or redoes the given or the latest change of this session, for any extension, and shows the outcome. Calls are queued. */
export function useUndo(onOpen: (id: string) => void): (which: keyof UndoHistory, entry?: UndoEntry) => void {
  const t = useT();
  const toasts = useToasts();
  const drafts = useDrafts();
  const send = useSendDraft();
  const serverNow = useServerClock();
  const { currentValueOf, showSuccess, showFailure, showNotUndoable } = useOutcomeToasts(onOpen);
  const queue = useRef(Promise.resolve());

  const run = async (which: keyof UndoHistory, chosen?: UndoEntry) => {
    await waitForState(drafts.store, (state) => countInFlight(state) === 0);
    const entries = drafts.store.getState()[which];
    const entry = chosen ?? entries.at(-1);
    if (entry === undefined || !entries.includes(entry)) {
      toasts.show({ text: t(`undo.nothing-to-${which}`), tone: 'info' });
      return;
    }
    const { id, before, after } = entry;
    const [from, to] = which === 'undo' ? [after, before] : [before, after];
    const isStale = !samePresenceValue(currentValueOf(id), from);
    if (isStale || !isSettableState(to.state)) {
      drafts.discardEntry(entry);
      showNotUndoable(id, isStale ? 'undo.too-late' : 'undo.never-set');
      return;
    }
    const value = reusablePresence(to, serverNow());
    const kind = which === 'undo' ? 'undone' : 'redone';
    const reply = (await send(id, drafts.sendValue(id, from, value, kind))) ?? SAVE_IN_PROGRESS;
    if (reply.ok) showSuccess(id, value);
    else showFailure(id, reply);
  };

  return (which, entry) => {
    queue.current = queue.current.then(() => run(which, entry));
  };
}

/** Tells whether the user typed since the last change was sent; true before the first one, and after a failure. */
export function useTypedSinceSave(): () => boolean {
  const { store } = useDrafts();
  const typed = useRef(true);
  useEffect(() => {
    const onInput = ({ target }: Event) => {
      if (isTextInput(target)) typed.current = true;
    };
    document.addEventListener('input', onInput, { capture: true });
    const unsubscribe = store.subscribe((state, before) => {
      const added = countInFlight(state) - countInFlight(before);
      if (added > 0) typed.current = false;
      else if (added < 0 && state.undo === before.undo && state.redo === before.redo) typed.current = true;
    });
    return () => {
      document.removeEventListener('input', onInput, { capture: true });
      unsubscribe();
    };
  }, [store]);
  return () => typed.current;
}
