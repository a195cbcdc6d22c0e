import { isGroupedKind } from '../entities/kind/kinds.ts';
import { BY_NUMBER, type Order, orderBy } from '../entities/extension/select/order.ts';
import { useMemo } from 'react';
import {
  ALL_EXTENSIONS,
  type Group,
  countGroups,
  groupMemberIds,
  groupKey,
  groupLabel,
  kindOfGroup,
} from '../entities/group/groups.ts';
import type { WallGroup } from '../features/wall/paginate.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { type Extensions, useBoardValue } from '../data/socket/use-board-value.ts';
import { usePbxNames } from '../data/socket/live-context.tsx';
import { useUserGroups } from '../data/preferences/settings-context.tsx';
import { useSearchParams } from 'wouter';
import { useConnectionStatus, usePbxOutages } from '../features/connection/connection-messages.ts';
import { useTabStatus } from '../features/connection/use-tab-status.ts';
import type { WallStatus } from '../features/wall/wall-header.tsx';
import { Wall } from '../features/wall/wall.tsx';

const identity = (extensions: Extensions) => extensions;

/** Compares ids, people and kinds only. */
function samePeople(a: Extensions, b: Extensions): boolean {
  if (a.size !== b.size) return false;
  for (const [id, { person, kind }] of b) {
    const before = a.get(id);
    if (before?.person !== person || before.kind !== kind) return false;
  }
  return true;
}

/**
 * The requested groups: user group ids, PBXs, departments, contexts, kinds or `everyone`; by default departments, else
 * everyone.
 */
function useWallGroups(requested: readonly string[]): readonly WallGroup[] {
  const t = useT();
  const userGroups = useUserGroups();
  const pbxNames = usePbxNames();
  const extensions = useBoardValue(identity, samePeople);

  return useMemo(() => {
    const { departments, contexts, pbxs } = countGroups(extensions, userGroups, pbxNames, t.locale);
    const all = (departments.length > 0 ? departments : contexts).map(({ group }) => group);
    const findGroups = (name: string): readonly Group[] => {
      if (userGroups.some(({ id }) => id === name)) return [{ kind: 'user', id: name }];
      const matching = all.filter((group) => 'name' in group && group.name === name);
      if (matching.length > 0) return matching;
      const ofPbx = pbxs.find(({ group }) => group.kind === 'pbx' && group.id === name);
      if (ofPbx !== undefined) return [ofPbx.group];
      if (isGroupedKind(name)) return [{ kind: 'kind', name }];
      return [name === ALL_EXTENSIONS.kind ? ALL_EXTENSIONS : { kind: 'context', name }];
    };
    const groups = requested.length > 0 ? requested.flatMap(findGroups) : all;
    const byName = orderBy({ column: 'name', descending: false }, t.locale);
    const idsBy = ({ compare }: Order) => [...extensions.values()].toSorted(compare).map(({ id }) => id);
    return (groups.length > 0 ? groups : [ALL_EXTENSIONS])
      .map((group) => ({
        key: groupKey(group),
        title: groupLabel(t, group, userGroups, pbxNames),
        kind: kindOfGroup(group),
        ids: groupMemberIds(
          group,
          idsBy(kindOfGroup(group) === null ? byName : BY_NUMBER),
          extensions,
          userGroups,
        ),
      }))
      .filter(({ ids }) => ids.length > 0);
  }, [t, userGroups, pbxNames, extensions, requested]);
}

/** How long each page is shown. */
const SECONDS = { default: 20, min: 5, max: 600 };

function parseSeconds(value: string | null): number {
  const seconds = Number(value ?? '');
  if (!(seconds > 0)) return SECONDS.default;
  return Math.min(SECONDS.max, Math.max(SECONDS.min, Math.round(seconds)));
}

function useWallStatus(): WallStatus | null {
  const t = useT();
  const { tone, summary, since } = useConnectionStatus();
  const outages = usePbxOutages();
  const [first] = outages;
  if (outages.length > 1) {
    const sinces = outages.map(({ name, since }) => `${name} ${t('link.since', { since })}`);
    return { outage: t('link.not-live'), summary: sinces.join(' · ') };
  }
  if (first !== undefined) {
    const outage = t('link.not-live-since-of', { pbx: first.name, since: first.since });
    return { outage, summary: first.summary };
  }
  return tone === 'live' ? null : { outage: t('link.not-live-since', { since: since ?? '' }), summary };
}

/** Wall board; the address has its groups and interval. */
export function WallPage() {
  const t = useT();
  const [params] = useSearchParams();
  const seconds = parseSeconds(params.get('seconds'));
  const requestedGroups = useMemo(() => params.getAll('group'), [params]);
  const groups = useWallGroups(requestedGroups);
  const status = useWallStatus();
  useTabStatus(t('wall.heading'));

  return (
    <Wall
      key={seconds}
      groups={groups}
      seconds={seconds}
      status={status}
      emptyMessage={
        requestedGroups.length === 0
          ? t('board.no-hints')
          : t('board.empty-in', { group: requestedGroups.join(', ') })
      }
    />
  );
}
