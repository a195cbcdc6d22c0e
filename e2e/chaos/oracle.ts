import { setTimeout as delay } from 'node:timers/promises';
import { type AmiBlock, type RawAmi, connectRawAmi } from '../testkit/ami/raw-ami-client.ts';
import { USERS } from '../testkit/pbx/pbx-under-test.ts';
import { createEventWaiter } from '../testkit/processes/event-waiter.ts';
import { readCallFacts } from './call-facts.ts';
import { type BoardSnapshot, snapshotOfLists } from './snapshot-diff.ts';

/** Response of Asterisk to a query (times by `performance.now`). */
export interface OracleState {
  readonly requestedAt: number;
  readonly respondedAt: number;
  /** Null: it does not answer, or has not booted. */
  readonly snapshot: BoardSnapshot | null;
}

export type Oracle = Awaited<ReturnType<typeof startOracle>>;

/** Asterisk counts as down when it answers no session for this long. */
const UNRESPONSIVE_MS = 1000;
const POLL_INTERVAL_MS = 20;
/** One may time out: the kernel retries a connection that Asterisk had no room for after 1, 3 and 7 s. */
const SESSIONS = 2;
/** The AMI client keeps every block of a session. */
const POLLS_PER_SESSION = 200;
const MAX_STATES = 800;

/** Lists all hints, presences and calls of an Asterisk repeatedly, over connections without faults. */
export async function startOracle(amiPort: number) {
  const states: OracleState[] = [];
  const waiters = createEventWaiter();
  const stop = new AbortController();
  let count = 0;
  let unansweredSessions = 0;
  let lastResponseAt = performance.now();
  const unresponsiveTimer = setInterval(() => {
    // A response that arrived but was not yet read counts.
    setImmediate(() => {
      const now = performance.now();
      if (now - lastResponseAt > UNRESPONSIVE_MS) record(now, null);
    });
  }, POLL_INTERVAL_MS);

  function record(requestedAt: number, snapshot: BoardSnapshot | null): void {
    states.push({ requestedAt, respondedAt: performance.now(), snapshot });
    if (states.length > 2 * MAX_STATES) states.splice(0, MAX_STATES);
    waiters.check();
  }

  async function poll(ami: RawAmi): Promise<void> {
    const requestedAt = performance.now();
    const [extensions, presences, calls] = await Promise.all([
      ami.list({ Action: 'ExtensionStateList' }),
      ami.list({ Action: 'PresenceStateList' }),
      readCallFacts(ami),
    ]);
    count += 1;
    lastResponseAt = performance.now();
    record(requestedAt, new Map([...snapshotOfLists(extensions, presences), ...calls]));
    await delay(POLL_INTERVAL_MS);
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const requestedAt = performance.now();
      let ami: RawAmi | undefined;
      try {
        const options = { events: 'system', responseTimeoutMs: UNRESPONSIVE_MS };
        ami = await connectRawAmi({ port: amiPort, ...USERS.control, ...options });
        await ami.waitFor(isBooted, UNRESPONSIVE_MS);
        for (let polls = 0; polls < POLLS_PER_SESSION && !stop.signal.aborted; polls += 1) await poll(ami);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED')
          record(requestedAt, null);
        else if (performance.now() - lastResponseAt < UNRESPONSIVE_MS) unansweredSessions += 1;
        await delay(POLL_INTERVAL_MS);
      } finally {
        ami?.close();
      }
    }
  }
  const running = Promise.all(Array.from({ length: SESSIONS }, run));

  return {
    /** The last state before `from`, the first after `to`, and all between; waits for them. */
    around: (from: number, to: number) =>
      waiters.wait(
        () => 'what Asterisk says',
        () => {
          const last = states.findIndex(({ requestedAt }) => requestedAt >= to);
          if (last < 0) return undefined;
          const first = states.findLastIndex(({ respondedAt }) => respondedAt <= from);
          return states.slice(Math.max(first, 0), last + 1);
        },
        60_000,
      ),
    count: () => count,
    /** Number of timeouts of one session while another was answered. */
    unansweredSessions: () => unansweredSessions,
    async stop() {
      stop.abort();
      clearInterval(unresponsiveTimer);
      await running;
      waiters.fail('Asterisk is watched no more');
    },
  };
}

export function isBooted(block: AmiBlock): boolean {
  return block.kind === 'event' && block.name === 'FullyBooted';
}
