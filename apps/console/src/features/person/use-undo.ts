import { saidAgain } from '@lampboard/board';
import { isSettableState } from '@lampboard/protocol';
import { useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useNotices } from '../../ui/notices.tsx';
import type { Changes } from './changes.ts';
import { type Drafts, countSent } from './drafts.ts';
import { useDrafts } from './drafts-context.tsx';
import { sameSaid } from './said.ts';
import { STILL_SAVING, useOutcome } from './use-outcome.ts';
import { useSend } from './use-save.ts';
import { useTime } from './use-time.ts';

/** Resolves once nothing is on its way. */
function allAnswered({ store }: Drafts): Promise<void> {
  return new Promise((resolve) => {
    if (countSent(store.getState()) === 0) {
      resolve();
      return;
    }
    const unsubscribe = store.subscribe((state) => {
      if (countSent(state) > 0) return;
      unsubscribe();
      resolve();
    });
  });
}

/**
 * Undoes or redoes the latest change of this session, whoever it was about, and tells what became of it. Calls in quick
 * succession go one change further each.
 */
export function useUndo(onOpen: (id: string) => void): (which: keyof Changes) => void {
  const t = useT();
  const notices = useNotices();
  const drafts = useDrafts();
  const send = useSend();
  const time = useTime();
  const { nowOf, tellDone, tellRefused, tellNever } = useOutcome(onOpen);
  const last = useRef(Promise.resolve());

  const step = async (which: keyof Changes) => {
    await allAnswered(drafts);
    const change = drafts.store.getState()[which].at(-1);
    if (change === undefined) {
      notices.tell({ text: t(`undo.nothing-to-${which}`), tone: 'info' });
      return;
    }
    const { id, before, after } = change;
    const [from, to] = which === 'undo' ? [after, before] : [before, after];
    const isOver = !sameSaid(nowOf(id), from);
    if (isOver || !isSettableState(to.state)) {
      drafts.forget(change);
      tellNever(id, isOver ? 'quick.too-late' : 'undo.never-set');
      return;
    }
    const wanted = saidAgain(to, time());
    const way = which === 'undo' ? 'undone' : 'redone';
    const reply = (await send(id, drafts.sendAtOnce(id, from, wanted, way))) ?? STILL_SAVING;
    if (reply.ok) tellDone(id, wanted);
    else tellRefused(id, reply);
  };

  return (which) => {
    last.current = last.current.then(() => step(which));
  };
}
