import { useCallback } from 'react';
import { useLive, useRepeatedNumbers } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { withContext } from './accessible-name.ts';

/** Returns the name for messages: `Anna Müller (warehouse)`. */
export function useDisplayName(): (id: string) => string {
  const { store } = useLive();
  const repeated = useRepeatedNumbers();
  return useCallback(
    (id) => {
      const extension = extensionsOf(store.getState()).get(id);
      if (extension === undefined) return id;
      const { exten, context, person } = extension;
      return withContext(person.name || exten, repeated.has(exten) ? context : null);
    },
    [store, repeated],
  );
}
