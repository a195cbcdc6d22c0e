import { useCallback } from 'react';
import { useLive, useRepeatedNumbers } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { inContext } from './extension-words.ts';

/** Names whoever has an extension, where it is told what was done: `Anna Müller (warehouse)`. */
export function useNameOf(): (id: string) => string {
  const { store } = useLive();
  const repeated = useRepeatedNumbers();
  return useCallback(
    (id) => {
      const row = rowsOf(store.getState()).get(id);
      if (row === undefined) return id;
      const { exten, context, person } = row;
      return inContext(person.name || exten, repeated.has(exten) ? context : null);
    },
    [store, repeated],
  );
}
