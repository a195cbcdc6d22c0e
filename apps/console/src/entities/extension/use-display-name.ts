import type { Extension } from '@lampboard/protocol';
import { useCallback } from 'react';
import { useDistinctions, useLive } from '../../data/socket/live-context.tsx';
import type { Distinctions } from '../../data/socket/distinctions.ts';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { displayName, withDistinction } from './accessible-name.ts';
import { isLine } from '../kind/kinds.ts';

/** Returns the name for messages: `Anna Müller (warehouse)`, or `Parking 71`. */
export function messageName(t: Translate, extension: Extension, distinctions: Distinctions): string {
  const { id, exten, person } = extension;
  const name = isLine(extension) ? displayName(t, extension) : person.name || exten;
  return withDistinction(name, distinctions.get(id));
}

/** Returns the {@link messageName} of an id. */
export function useDisplayName(): (id: string) => string {
  const t = useT();
  const { store } = useLive();
  const distinctions = useDistinctions();
  return useCallback(
    (id) => {
      const extension = extensionsOf(store.getState()).get(id);
      return extension === undefined ? id : messageName(t, extension, distinctions);
    },
    [t, store, distinctions],
  );
}
