import { type Extension, NOT_SET, isAllowed, isWritableProvider } from '@lampboard/protocol';
import { isLine } from '../kind/kinds.ts';
import { useMe } from '../../data/http/api-context.tsx';

/** True if the presence can be set, and is one of a person or a room. */
export const isPresenceEditable = (extension: Extension): boolean =>
  isWritableProvider(extension.provider) && !isLine(extension);

/** The account's permissions for an extension; the gateway checks them again. */
export function usePermissions(id: string) {
  const me = useMe();
  if (me === null) return { setPresence: false, viewChanges: false };
  return {
    setPresence: isAllowed(me, 'set-presence', { id, presence: NOT_SET, base: NOT_SET }),
    viewChanges: isAllowed(me, 'list-presence-changes', { id }),
  };
}
