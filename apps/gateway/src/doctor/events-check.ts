import { LINK_PROBLEMS } from '../asterisk/link-problems.ts';
import type { AmiSession } from './ami-session.ts';
import { type Finding, count, ok, problem, warning } from './finding.ts';

/** States in Asterisk by hint, presence provider and device, both as JSON, as its lists have them. */
export interface StateLists {
  readonly hints: ReadonlyMap<string, string>;
  readonly presences: ReadonlyMap<string, string>;
  readonly devices: ReadonlyMap<string, string>;
}

/** Devices whose events README's filter lets through. */
const FILTERED_DEVICE = /^\["(?:(?:PJSIP|SIP|IAX2)\/|Custom:)/i;

/** Compares what changed between two lists with the events that arrived: nothing is changed for it. */
export function checkEvents(
  session: Pick<AmiSession, 'eventCount'>,
  { before, after, seconds }: { before: StateLists; after: StateLists; seconds: number },
): Finding {
  const isMissing = (event: string, one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
    session.eventCount(event) === 0 && differs(one, other);
  const { title, cause, remedy } = LINK_PROBLEMS['no-events'];
  if (isMissing('ExtensionStatus', before.hints, after.hints))
    return problem('events', `${title}: ${cause}`, remedy);
  if (isMissing('PresenceStateChange', before.presences, after.presences))
    return problem(
      'events',
      'presences change in lists, but no event arrives',
      'an `eventfilter` that lets `PresenceStateChange` through',
    );
  if (isMissing('DeviceStateChange', phonesOf(before), phonesOf(after)))
    return warning(
      'events',
      'devices change in lists, but no event arrives: phones that a hint joins with other devices are polled, and show late',
      'an `eventfilter` that lets `DeviceStateChange` through, as in README',
    );
  const arrived = ['ExtensionStatus', 'PresenceStateChange', 'DeviceStateChange'].filter(
    (name) => session.eventCount(name) > 0,
  );
  if (arrived.length === 0)
    return warning(
      'events',
      `nothing changed in Asterisk within ${count(seconds, 'second')}, so it is not known whether events arrive`,
      'make a call during `lampboard doctor --wait 60`',
    );
  const unproven = session.eventCount('ExtensionStatus') === 0 ? '; no lamp changed' : '';
  return ok('events', `${arrived.join(', ')} arrived within ${count(seconds, 'second')}${unproven}`);
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

function phonesOf({ devices }: StateLists): ReadonlyMap<string, string> {
  return new Map([...devices].filter(([device]) => FILTERED_DEVICE.test(device)));
}

/** True if a state that both lists have is another one: what only one of them has may come from a reload. */
function differs(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  return [...after].some(([key, state]) => before.has(key) && before.get(key) !== state);
}
