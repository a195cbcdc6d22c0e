import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { ALL_EXTENSIONS, type Group } from '../entities/group/groups.ts';

interface BoardRoute {
  readonly group: Group;
  /** The extension whose person is open. */
  readonly openId: string | null;
  hrefOf: (group: Group) => string;
  navigateTo: (group: Group) => void;
  /** Opening adds a step to the browser's history, so that Back closes; a change of person does not. */
  open: (id: string | null) => void;
}

/** What says in the address which part of the board it is. */
const GROUP_PARAMS = ['group', 'department', 'context'];

function groupOf(params: URLSearchParams): Group {
  const groupId = params.get('group');
  if (groupId !== null) return { kind: 'user', id: groupId };
  const department = params.get('department');
  if (department !== null) return { kind: 'department', name: department };
  const context = params.get('context');
  return context === null ? ALL_EXTENSIONS : { kind: 'context', name: context };
}

function withGroup(params: URLSearchParams, group: Group): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of GROUP_PARAMS) next.delete(name);
  if (group.kind === 'user') next.set('group', group.id);
  else if (group.kind !== 'everyone') next.set(group.kind, group.name);
  return next;
}

/** The board with a part of it chosen. */
export function groupHref(group: Group): string {
  return `/?${withGroup(new URLSearchParams(), group).toString()}`;
}

/** Where the user is: kept in the address, so that it can be linked to, and Back works. */
export function useBoardRoute(): BoardRoute {
  const [params, setParams] = useSearchParams();
  const openId = params.get('extension');
  const group = useMemo(() => groupOf(params), [params]);

  const open = useCallback(
    (id: string | null) =>
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
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
    navigateTo: (to) => setParams((current) => withGroup(current, to)),
    open,
  };
}
