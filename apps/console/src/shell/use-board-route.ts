import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { basePath } from '../data/http/base-path.ts';
import { useEntryId } from '../data/socket/live-context.tsx';
import { isGroupedKind } from '../entities/kind/kinds.ts';
import { ALL_EXTENSIONS, ALL_LINES, type Group } from '../entities/group/groups.ts';

const GROUP_PARAMS = ['group', 'pbx', 'department', 'context', 'kind', 'lines'];
/** Set while the desk covers the board, on screens without room for both. */
const DESK_PARAM = 'desk';

function groupOf(params: URLSearchParams): Group {
  const groupId = params.get('group');
  if (groupId !== null) return { kind: 'user', id: groupId };
  const pbxId = params.get('pbx');
  if (pbxId !== null) return { kind: 'pbx', id: pbxId };
  const department = params.get('department');
  if (department !== null) return { kind: 'department', name: department };
  const context = params.get('context');
  if (context !== null) return { kind: 'context', name: context };
  if (params.has('lines')) return ALL_LINES;
  const kind = params.get('kind');
  return isGroupedKind(kind) ? { kind: 'kind', name: kind } : ALL_EXTENSIONS;
}

function withGroup(params: URLSearchParams, group: Group): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of [...GROUP_PARAMS, DESK_PARAM]) next.delete(name);
  if (group.kind === 'user') next.set('group', group.id);
  else if (group.kind === 'pbx') next.set('pbx', group.id);
  else if (group.kind === 'lines') next.set('lines', 'all');
  else if (group.kind !== 'everyone') next.set(group.kind, group.name);
  return next;
}

export const groupHref = (group: Group): string => `/?${withGroup(new URLSearchParams(), group).toString()}`;

export function deskHref(group: Group): string {
  const params = withGroup(new URLSearchParams(), group);
  params.set(DESK_PARAM, 'open');
  return `/?${params.toString()}`;
}

/** The board's state in the address, so that links and Back work. */
export function useBoardRoute() {
  const [params, setParams] = useSearchParams();
  const openId = useEntryId(params.get('extension'));
  const group = useMemo(() => groupOf(params), [params]);

  /** Opening adds a history entry, so that Back closes; switching replaces it. */
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

  const isDeskOpen = params.has(DESK_PARAM);
  const showDesk = useCallback(
    (shown: boolean) =>
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          next.delete('extension');
          if (shown) next.set(DESK_PARAM, 'open');
          else next.delete(DESK_PARAM);
          return next;
        },
        { replace: !shown },
      ),
    [setParams],
  );

  const hrefOf = useCallback((to: Group) => `${basePath()}/?${withGroup(params, to).toString()}`, [params]);
  const navigateTo = useCallback((to: Group) => setParams((current) => withGroup(current, to)), [setParams]);

  return {
    group,
    openId,
    isDeskOpen,
    showDesk,
    hrefOf,
    navigateTo,
    open,
  };
}
