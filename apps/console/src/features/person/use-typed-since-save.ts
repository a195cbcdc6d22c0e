import { useEffect, useRef } from 'react';
import { takesText } from '../../ui/takes-text.ts';
import { type DraftsState, countSent } from './drafts.ts';
import { useDrafts } from './drafts-context.tsx';

const sameChanges = (a: DraftsState, b: DraftsState) => a.undo === b.undo && a.redo === b.redo;

/** Tells whether anything was typed, anywhere, since a change was sent last; true before the first, and after a refusal. */
export function useTypedSinceSave(): () => boolean {
  const { store } = useDrafts();
  const typed = useRef(true);
  useEffect(() => {
    const onInput = ({ target }: Event) => {
      if (takesText(target)) typed.current = true;
    };
    document.addEventListener('input', onInput, { capture: true });
    const unsubscribe = store.subscribe((state, before) => {
      const more = countSent(state) - countSent(before);
      if (more > 0) typed.current = false;
      else if (more < 0 && sameChanges(state, before)) typed.current = true;
    });
    return () => {
      document.removeEventListener('input', onInput, { capture: true });
      unsubscribe();
    };
  }, [store]);
  return () => typed.current;
}
