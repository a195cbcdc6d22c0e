import { LINK_PROBLEMS } from '../asterisk/link-problems.ts';
import type { AmiSession } from './ami-session.ts';
import { type Finding, count, ok, problem, warning } from './finding.ts';

/** States in Asterisk by hint, presence provider and device, as its lists have them. */
export interface StateLists {
  readonly hints: ReadonlyMap<string, string>;
  readonly presences: ReadonlyMap<string, string>;
  readonly devices: ReadonlyMap<string, string>;
}

/** Kinds of states that changed between lists. */
type Changed = ReadonlySet<keyof StateLists>;

/** Compares what changed from list to list with the events that arrived: nothing is changed for it. */
export function checkEvents(
  { eventCount }: Pick<AmiSession, 'eventCount'>,
  { changed, seconds }: { changed: Changed; seconds: number },
): Finding {
  const { title, cause, remedy } = LINK_PROBLEMS['no-events'];
  if (changed.has('hints') && eventCount('ExtensionStatus') === 0)
    return problem('events', `${title}: ${cause}`, remedy);
  if (changed.has('presences') && eventCount('PresenceStateChange') === 0)
    return problem(
      'events',
      'presences change in lists, but no event arrives',
      'an `eventfilter` that lets `PresenceStateChange` through',
    );
  if (changed.has('devices') && eventCount('DeviceStateChange') === 0)
    return warning(
      'events',
      'devices change in lists, but no event arrives: phones that a hint joins with other devices are polled, and show late',
      'an `eventfilter` that lets `DeviceStateChange` through, as in README',
    );
  const arrived = ['ExtensionStatus', 'PresenceStateChange', 'DeviceStateChange'].filter(
    (name) => eventCount(name) > 0,
  );
  if (arrived.length === 0)
    return warning(
      'events',
      `nothing changed in Asterisk within ${count(seconds, 'second')}, so it is not known whether events arrive`,
      'make a call during `lampboard doctor --wait 60`',
    );
  const unproven = arrived.includes('ExtensionStatus') ? '' : '; no lamp changed';
  return ok('events', `${arrived.join(', ')} arrived within ${count(seconds, 'second')}${unproven}`);
}

/** Returns which kinds of states differ. What only one list has may come from a reload. */
export function changedKinds(before: StateLists, after: StateLists): (keyof StateLists)[] {
  const kinds = ['hints', 'presences', 'devices'] as const;
  return kinds.filter((kind) =>
    [...after[kind]].some(([key, state]) => before[kind].has(key) && before[kind].get(key) !== state),
  );
}

/** Checks whether events that the board does not need are kept away. */
export function checkFilter(
  session: Pick<AmiSession, 'actions' | 'unneededEvents'>,
  seconds: number,
): Finding {
  if (session.actions['filter'] !== undefined)
    return ok('filter', 'Lampboard filters events by itself, as the AMI user has write class `system`');
  const names = session.unneededEvents();
  if (names.length === 0)
    return ok('filter', `no event arrived within ${count(seconds, 'second')} that Lampboard does not need`);
  return warning(
    'filter',
    `no \`eventfilter\` keeps away what Lampboard does not need (${names.join(', ')}): more load, and callers can forge some of it, which is then verified by queries`,
    'the `eventfilter` lines of README',
  );
}
