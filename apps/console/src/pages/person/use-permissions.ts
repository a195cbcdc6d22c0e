import { NOT_SET, isAllowed } from '@lampboard/protocol';
import { useMe } from '../../data/http/api-context.tsx';

/** The account's permissions for an extension; the gateway checks them again. */
export function usePermissions(id: string) {
  const me = useMe();
  if (me === null) return { setPresence: false, viewChanges: false };
  return {
    setPresence: isAllowed(me, 'set-presence', { id, presence: NOT_SET, base: NOT_SET }),
    viewChanges: isAllowed(me, 'list-presence-changes', { id }),
  };
}
