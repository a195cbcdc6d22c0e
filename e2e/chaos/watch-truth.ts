import { setTimeout as delay } from 'node:timers/promises';
import type { AmiBlock } from '../ami/ami-block.ts';
import { type RawAmi, connectRawAmi } from '../ami/raw-ami.ts';
import { USERS } from '../pbx/users.ts';
import { createWaiters } from '../processes/waiters.ts';
import { type Shown, shownByLists } from './shown.ts';

/** What Asterisk answered to somebody who asked it between two moments (by `performance.now`). */
export interface Truth {
  readonly askedAt: number;
  readonly answeredAt: number;
  /** Null: it does not answer, or has not booted. */
  readonly shown: Shown | null;
}

export interface TruthWatch {
  /** The last truth before `from`, the first after `to`, and all in between; waits for them. */
  around(from: number, to: number): Promise<readonly Truth[]>;
  /** How often Asterisk answered. */
  count(): number;
  /** How often a session was not answered in time while another one was. */
  deafSessions(): number;
  stop(): Promise<void>;
}

/** An Asterisk that answers no session for so many milliseconds is gone. */
const SILENT_MS = 1000;
const EVERY_MS = 20;
/** One alone may be deaf: a connection that Asterisk had no room for is asked for again by the kernel after 1, 3 and 7 s. */
const SESSIONS = 2;
/** A session of the tests' AMI client keeps all that it was sent. */
const POLLS_A_SESSION = 200;
const KEPT = 800;

/** Asks an Asterisk for all its hints and presences, again and again, on ways that no fault befalls. */
export function watchTruth({ amiPort }: { amiPort: number }): TruthWatch {
  const truths: Truth[] = [];
  const waiters = createWaiters();
  const stop = new AbortController();
  let count = 0;
  let deafSessions = 0;
  let heardAt = performance.now();
  const silence = setInterval(() => {
    // An answer that is there, and was only not read yet, counts.
    setImmediate(() => {
      const now = performance.now();
      if (now - heardAt > SILENT_MS) tell(now, null);
    });
  }, EVERY_MS);

  function tell(askedAt: number, shown: Shown | null): void {
    truths.push({ askedAt, answeredAt: performance.now(), shown });
    if (truths.length > 2 * KEPT) truths.splice(0, KEPT);
    waiters.look();
  }

  async function ask(ami: RawAmi): Promise<void> {
    const askedAt = performance.now();
    const [extensions, presences] = await Promise.all([
      ami.list({ Action: 'ExtensionStateList' }),
      ami.list({ Action: 'PresenceStateList' }),
    ]);
    count += 1;
    heardAt = performance.now();
    tell(askedAt, shownByLists(extensions, presences));
    await delay(EVERY_MS);
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const askedAt = performance.now();
      let ami: RawAmi | undefined;
      try {
        ami = await connectRawAmi({
          port: amiPort,
          ...USERS.control,
          events: 'system',
          answerMs: SILENT_MS,
        });
        await ami.waitFor(isBooted, SILENT_MS);
        for (let polls = 0; polls < POLLS_A_SESSION && !stop.signal.aborted; polls += 1) await ask(ami);
      } catch (error) {
        if (isRefusal(error)) tell(askedAt, null);
        else if (performance.now() - heardAt < SILENT_MS) deafSessions += 1;
        await delay(EVERY_MS);
      } finally {
        ami?.close();
      }
    }
  }
  const running = Promise.all(Array.from({ length: SESSIONS }, run));

  return {
    around: (from, to) =>
      waiters.wait({
        what: () => 'what Asterisk says',
        ms: 60_000,
        probe() {
          const last = truths.findIndex(({ askedAt }) => askedAt >= to);
          if (last < 0) return undefined;
          const first = truths.findLastIndex(({ answeredAt }) => answeredAt <= from);
          return truths.slice(Math.max(first, 0), last + 1);
        },
      }),
    count: () => count,
    deafSessions: () => deafSessions,
    async stop() {
      stop.abort();
      clearInterval(silence);
      await running;
      waiters.fail('Asterisk is watched no more');
    },
  };
}

/** Nobody listens there: Asterisk does not run. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}

export function isBooted(block: AmiBlock): boolean {
  return block.kind === 'event' && block.name === 'FullyBooted';
}
