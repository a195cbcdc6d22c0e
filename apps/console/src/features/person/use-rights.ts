import { NOT_SET, may } from '@lampboard/protocol';
import { useMe } from '../../api/api-context.tsx';

interface Rights {
  /** To set the presence. */
  readonly set: boolean;
  /** To see who set what. */
  readonly edits: boolean;
}

/** What the account may do with an extension, as far as the page knows: the gateway decides every time. */
export function useRights(id: string): Rights {
  const me = useMe();
  if (me === null) return { set: false, edits: false };
  return {
    set: may(me, 'set-presence', { id, presence: NOT_SET, base: NOT_SET }),
    edits: may(me, 'list-edits', { id }),
  };
}
