import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { EVERYONE, type Group } from '../features/groups/groups.ts';

interface Place {
  readonly group: Group;
  /** The extension whose person is open. */
  readonly openId: string | null;
  hrefOf: (group: Group) => string;
  goTo: (group: Group) => void;
  /** Opening adds a step to the browser's history, so that Back closes; a change of person does not. */
  open: (id: string | null) => void;
}

/** What says in the address which part of the board it is. */
const GROUP_NAMES = ['group', 'department', 'context'];

function groupOf(params: URLSearchParams): Group {
  const own = params.get('group');
  if (own !== null) return { kind: 'own', id: own };
  const department = params.get('department');
  if (department !== null) return { kind: 'department', name: department };
  const context = params.get('context');
  return context === null ? EVERYONE : { kind: 'context', name: context };
}

function withGroup(params: URLSearchParams, group: Group): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of GROUP_NAMES) next.delete(name);
  if (group.kind === 'own') next.set('group', group.id);
  else if (group.kind !== 'everyone') next.set(group.kind, group.name);
  return next;
}

/** The board with a part of it chosen. */
export function hrefOfGroup(group: Group): string {
  return `/?${withGroup(new URLSearchParams(), group).toString()}`;
}

/** Where the user is: kept in the address, so that it can be linked to, and Back works. */
export function usePlace(): Place {
  const [params, setParams] = useSearchParams();
  const openId = params.get('extension');
  const group = useMemo(() => groupOf(params), [params]);

  const open = useCallback(
    (id: string | null) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (id === null) next.delete('extension');
          else next.set('extension', id);
          return next;
        },
        { replace: id === null || openId !== null },
      ),
    [setParams, openId],
  );

  return {
    group,
    openId,
    hrefOf: (to) => `/?${withGroup(params, to).toString()}`,
    goTo: (to) => setParams((before) => withGroup(before, to)),
    open,
  };
}
