import type { Extension } from '@lampboard/protocol';
import { useCallback } from 'react';
import { useLive, useRepeatedNumbers } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { displayName, withContext } from './accessible-name.ts';
import { isLine } from '../kind/kinds.ts';

/** Returns the name for messages: `Anna Müller (warehouse)`, or `Parking 71`. */
export function messageName(t: Translate, extension: Extension, repeated: ReadonlySet<string>): string {
  const { exten, context, person } = extension;
  const name = isLine(extension) ? displayName(t, extension) : person.name || exten;
  return withContext(name, repeated.has(exten) ? context : null);
}

/** Returns the {@link messageName} of an id. */
export function useDisplayName(): (id: string) => string {
  const t = useT();
  const { store } = useLive();
  const repeated = useRepeatedNumbers();
  return useCallback(
    (id) => {
      const extension = extensionsOf(store.getState()).get(id);
      return extension === undefined ? id : messageName(t, extension, repeated);
    },
    [t, store, repeated],
  );
}
