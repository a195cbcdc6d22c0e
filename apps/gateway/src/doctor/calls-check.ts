import { setTimeout as sleep } from 'node:timers/promises';
import { type AmiBlock, type AmiEndpoint, type Connection, openConnection } from '@lampboard/ami';
import { CALLS_DENIED, LINK_PROBLEMS } from '../asterisk/link-problems.ts';
import { CALLS_PROFILE, parseChannels, talksOf } from '../calls/channel-list.ts';
import type { CallsMode } from '../config/pbxs.ts';
import { type Finding, count, ok, problem, warning } from './finding.ts';

const TIMEOUT_MS = 5000;
/** Actions that place, move and end calls. */
const CONTROL_ACTIONS = ['Originate', 'Redirect', 'BlindTransfer', 'Park', 'Hangup'] as const;
/** Events of what a list shows may arrive after it. */
const GRACE_MS = 500;

interface CallsCheckOptions {
  readonly endpoint: AmiEndpoint;
  readonly mode: CallsMode;
  /** Time in which events are expected. */
  readonly waitMs: number;
}

/** Checks what the AMI user of calls may do, and whether it gets events, and changes nothing. */
export async function checkCalls({ endpoint, mode, waitMs }: CallsCheckOptions): Promise<Finding[]> {
  let signals = 0;
  const connection = openConnection({
    endpoint,
    profile: CALLS_PROFILE,
    loginTimeoutMs: TIMEOUT_MS,
    onEvent() {},
    onUntrustedEvent() {},
    onSignal: () => (signals += 1),
  });
  try {
    const outcome = await connection.login;
    if (outcome !== 'accepted') {
      const { title, cause, remedy } = LINK_PROBLEMS[outcome];
      return [problem('calls', `${title}: ${cause} (as ${endpoint.username})`, remedy)];
    }
    await connection.request({ Action: 'Events', EventMask: 'call' }, TIMEOUT_MS);
    await sleep(GRACE_MS);
    signals = 0;
    const [before, parked, commands] = await Promise.all([
      list(connection, 'CoreShowChannels'),
      list(connection, 'ParkedCalls'),
      connection.request({ Action: 'ListCommands' }, TIMEOUT_MS),
    ]);
    if (!before.ok) {
      const { title, cause, remedy } = CALLS_DENIED;
      return [problem('calls', `${title}: ${cause} (as ${endpoint.username})`, remedy)];
    }
    await sleep(waitMs);
    const after = await list(connection, 'CoreShowChannels');
    await sleep(GRACE_MS);
    const findings = [ok('calls', `${count(before.value.blocks.length, 'channel')} can be listed`)];
    if (!parked.ok && parked.code === 'permission-denied')
      findings.push(
        warning('calls', 'parked calls are shown without their slots', '`write = call,reporting`'),
      );
    const allowed = commands.ok ? commands.value.response : {};
    const forbidden = CONTROL_ACTIONS.filter((action) => allowed[action.toLowerCase()] === undefined);
    if (mode === 'control' && forbidden.length > 0)
      findings.push(
        warning(
          'calls',
          `LAMPBOARD_CALLS is control, but ${endpoint.username} lacks rights for ${forbidden.join(', ')}`,
          '`write = call,reporting,originate`',
        ),
      );
    const hasChanged = after.ok && textOf(before.value.blocks) !== textOf(after.value.blocks);
    if (hasChanged && signals === 0)
      findings.push(
        warning(
          'calls',
          'calls change in lists, but no event arrives: they are listed each second',
          '`read = call,system`; the `eventfilter` line of README for calls',
        ),
      );
    return findings;
  } finally {
    connection.close();
  }
}

const list = (connection: Connection, action: string) =>
  connection.request({ Action: action }, TIMEOUT_MS, true);

const textOf = (items: readonly AmiBlock[]) => talksOf(parseChannels(items).channels);
