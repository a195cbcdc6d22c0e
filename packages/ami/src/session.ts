import { waitForBoot } from './boot.ts';
import { type Connection, type Target, openConnection } from './connection.ts';
import { deferred } from './deferred.ts';
import { watchSilence } from './heartbeat.ts';
import type { AmiEvent, AmiState } from './types.ts';

/** Read classes of the events asked for; an account with more rights is not sent the rest. */
const EVENT_MASK = 'call,system';
const BOOTED = 'FullyBooted';
const SETUP_TIMEOUT_MS = 5000;

export interface SessionOptions {
  readonly target: Target;
  readonly events: readonly string[];
  readonly pingEveryMs: number;
  readonly silenceMs: number;
  readonly loginTimeoutMs: number;
  /** The account has shown `FullyBooted` before. */
  readonly mayReadSystem: () => boolean;
  readonly signal: AbortSignal;
  readonly onLoggedIn: () => void;
  readonly onBooted: () => void;
  readonly onDenied: () => void;
  /** From here on, lists can be believed. */
  readonly onLive: (connection: Connection) => void;
  /** Only what comes while live. */
  readonly onEvent: (event: AmiEvent) => void;
  readonly onDoubted: (subject: AmiEvent) => void;
  /** Lists were believed too early: list again. */
  readonly onGap: () => void;
}

/** One connection, from TCP to its end; resolves to the state that it ended in. */
export async function runSession(options: SessionOptions): Promise<AmiState> {
  const { target, events, loginTimeoutMs, pingEveryMs, silenceMs, signal } = options;
  const booted = deferred<void>();
  const end = new AbortController();
  let isLive = false;
  /** It comes once, and lists have to stand in for it. */
  let isBootDoubted = false;

  const connection = openConnection({
    target,
    wanted: [...events, BOOTED],
    loginTimeoutMs,
    onDoubted(subject) {
      if (isLive) options.onDoubted(subject);
      else if (subject.name === BOOTED) isBootDoubted = true;
    },
    onEvent(event) {
      if (event.name === BOOTED) {
        options.onBooted();
        booted.resolve();
        // Seen this late, it says that lists were believed too early.
        if (isLive) options.onGap();
      } else if (isLive) options.onEvent(event);
    },
  });
  signal.addEventListener('abort', connection.close, { once: true });
  void connection.closed.then(() => end.abort());

  async function goLive(): Promise<void> {
    await setUp(connection, [...events, BOOTED]);
    const isBooted = await waitForBoot({
      connection,
      fullyBooted: booted.promise,
      expectsBooted: () => options.mayReadSystem() && !isBootDoubted,
      signal: end.signal,
      onDenied: options.onDenied,
    });
    if (!isBooted) return;
    isLive = true;
    options.onLive(connection);
  }

  try {
    const outcome = await connection.login;
    if (connection.isOverrun()) return { kind: 'overrun' };
    if (outcome === 'unreachable' || outcome === 'untrusted') {
      return { kind: outcome, detail: await connection.closed };
    }
    if (outcome === 'refused') return { kind: 'login-refused' };
    if (outcome !== 'accepted') return { kind: outcome };
    options.onLoggedIn();
    const silence = watchSilence({
      connection,
      everyMs: pingEveryMs,
      timeoutMs: silenceMs,
      signal: end.signal,
    });
    void goLive();
    const lost = await Promise.race([connection.closed, silence]);
    if (connection.isOverrun()) return { kind: 'overrun' };
    return lost === undefined ? { kind: 'silent' } : { kind: 'unreachable', detail: lost };
  } finally {
    isLive = false;
    end.abort();
    connection.close();
    signal.removeEventListener('abort', connection.close);
  }
}

/** Asks Asterisk for no more than is wanted. Refused to accounts without the right, the filter is left to our own door. */
async function setUp(connection: Connection, names: readonly string[]): Promise<void> {
  const once = { isList: false, timeoutMs: SETUP_TIMEOUT_MS };
  const filter = { Action: 'Filter', Operation: 'Add', Filter: `^Event: (${names.join('|')})` };
  await Promise.all([
    connection.request({ Action: 'Events', EventMask: EVENT_MASK }, once),
    connection.request(filter, once),
  ]);
}
