import { setTimeout as sleep } from 'node:timers/promises';
import { waitForBoot } from './boot.ts';
import { type Connection, type Target, openConnection } from './connection.ts';
import { deferred } from './deferred.ts';
import { watchSilence } from './heartbeat.ts';
import { retryDelay } from './retry-delay.ts';
import type { AmiAction, AmiEvent, AmiFields, AmiResult, AmiState } from './types.ts';

/** Read classes of the events asked for; an account with more rights is not sent the rest. */
const EVENT_MASK = 'call,system';
const BOOTED = 'FullyBooted';
const ACTION_TIMEOUT_MS = 5000;
const LIST_TIMEOUT_MS = 15_000;

export interface AmiClientOptions extends Target {
  /** Names of the events wanted; all others are dropped, at Asterisk where the account may use `Filter`. */
  readonly events: readonly string[];
  readonly onEvent: (event: AmiEvent) => void;
  readonly onState: (state: AmiState) => void;
  /** Events may have been missed although the link is live: list again. */
  readonly onGap: () => void;
  /** Milliseconds; a Ping is sent as often, and the link given up when one is unanswered for so long. */
  readonly pingEveryMs?: number;
  readonly pingTimeoutMs?: number;
  /** Milliseconds for TCP, greeting and login together. */
  readonly loginTimeoutMs?: number;
}

/** An AMI session that is always on its way back to `live`. While it is not, every action is refused, never held. */
export interface AmiClient {
  /** Begins to connect; once. */
  start(): void;
  state(): AmiState;
  send(action: AmiAction): Promise<AmiResult<AmiFields>>;
  /** For actions that are answered by a list of events. */
  list(action: AmiAction): Promise<AmiResult<readonly AmiEvent[]>>;
  /** Tries at once instead of at the end of the back-off; does nothing while a try is on its way. */
  connectNow(): void;
  close(): Promise<void>;
}

export function createAmiClient(options: AmiClientOptions): AmiClient {
  const { events, onEvent, onState, onGap } = options;
  const { pingEveryMs = 1000, pingTimeoutMs = 5000, loginTimeoutMs = 5000 } = options;
  const stop = new AbortController();
  let wake = new AbortController();
  let live: Connection | undefined;
  let state: AmiState = { kind: 'connecting' };
  let mayReadSystem = false;
  let failures = 0;

  function enter(next: AmiState): void {
    state = next;
    onState(next);
  }

  /** One connection, from TCP to its end; resolves to the state that it ended in. */
  async function session(): Promise<AmiState> {
    const booted = deferred<void>();
    const connection = openConnection({
      target: options,
      wanted: new Set([...events, BOOTED]),
      loginTimeoutMs,
      onGap: () => live === connection && onGap(),
      onEvent(event) {
        if (event.name === BOOTED) {
          mayReadSystem = true;
          booted.resolve();
        }
        if (live !== connection) return;
        if (event.name === BOOTED) onGap();
        else onEvent(event);
      },
    });
    const end = new AbortController();
    const abandon = () => connection.close();
    stop.signal.addEventListener('abort', abandon, { once: true });
    void connection.closed.then(() => end.abort());
    try {
      const outcome = await connection.login;
      if (outcome === 'unreachable') return { kind: 'unreachable', detail: await connection.closed };
      if (outcome === 'refused') return { kind: 'login-refused', detail: 'Authentication failed' };
      if (outcome !== 'accepted') return { kind: outcome };
      const silence = watchSilence({
        connection,
        everyMs: pingEveryMs,
        timeoutMs: pingTimeoutMs,
        signal: end.signal,
      });
      enter({ kind: 'booting' });
      void goLive(connection, booted.promise, end.signal);
      const lost = await Promise.race([connection.closed, silence]);
      return lost === undefined ? { kind: 'silent' } : { kind: 'unreachable', detail: lost };
    } finally {
      live = undefined;
      end.abort();
      connection.close();
      stop.signal.removeEventListener('abort', abandon);
    }
  }

  async function goLive(
    connection: Connection,
    fullyBooted: Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const once = { isList: false, timeoutMs: ACTION_TIMEOUT_MS };
    await connection.request({ Action: 'Events', EventMask: EVENT_MASK }, once);
    // Refused to accounts without write class `system`; the door then does alone what the filter would have done.
    const names = [...events, BOOTED].join('|');
    await connection.request({ Action: 'Filter', Operation: 'Add', Filter: `^Event: (${names})` }, once);
    if (!(await waitForBoot({ connection, fullyBooted, mayReadSystem, signal }))) return;
    live = connection;
    failures = 0;
    enter({ kind: 'live' });
  }

  async function run(): Promise<void> {
    onState(state);
    while (!stop.signal.aborted) {
      const ended = await session();
      if (stop.signal.aborted) break;
      wake = new AbortController();
      enter(ended);
      const pause = retryDelay(ended.kind, failures++, Math.random());
      await sleep(pause, undefined, { signal: AbortSignal.any([wake.signal, stop.signal]) }).catch(
        () => undefined,
      );
    }
    enter({ kind: 'closed' });
  }

  let running: Promise<void> | undefined;
  return {
    start() {
      running ??= run();
    },
    state: () => state,
    async send(action) {
      const result = await request(action, false, ACTION_TIMEOUT_MS);
      return result.ok ? { ok: true, value: result.value.response } : result;
    },
    async list(action) {
      const result = await request(action, true, LIST_TIMEOUT_MS);
      return result.ok ? { ok: true, value: result.value.items } : result;
    },
    connectNow: () => wake.abort(),
    async close() {
      stop.abort();
      await running;
    },
  };

  async function request(action: AmiAction, isList: boolean, timeoutMs: number) {
    if (live === undefined) {
      return { ok: false, code: 'not-connected', message: 'There is no link to Asterisk.' } as const;
    }
    return live.request(action, { isList, timeoutMs });
  }
}
