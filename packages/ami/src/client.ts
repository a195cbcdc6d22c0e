import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, Target } from './connection.ts';
import { retryDelay } from './retry-delay.ts';
import { runSession } from './session.ts';
import type { AmiAction, AmiEvent, AmiFields, AmiResult, AmiState } from './types.ts';

const ACTION_TIMEOUT_MS = 5000;
const LIST_TIMEOUT_MS = 15_000;

export interface AmiClientOptions extends Target {
  /** Names of the events wanted; all others are dropped, at Asterisk where the account may use `Filter`. */
  readonly events: readonly string[];
  /** Milliseconds; a Ping is sent as often, and the link given up when one is unanswered for so long. */
  readonly pingEveryMs?: number;
  readonly pingTimeoutMs?: number;
  /** Milliseconds for TCP, TLS, greeting and login together. */
  readonly loginTimeoutMs?: number;
}

export interface AmiListener {
  onState(state: AmiState): void;
  onEvent(event: AmiEvent): void;
  /**
   * Somebody may have typed this event, a true one or not: `subject` has its name and whom it is about, and nothing that
   * it says of them. Ask Asterisk.
   */
  onDoubted(subject: AmiEvent): void;
  /** Lists were believed too early, although the link is live: list again. */
  onGap(): void;
}

/** An AMI session that is always on its way back to `live`. While it is not, every action is refused, never held. */
export interface AmiClient {
  /** Begins to connect; once. */
  start(listener: AmiListener): void;
  send(action: AmiAction): Promise<AmiResult<AmiFields>>;
  /** For actions that are answered by a list of events. */
  list(action: AmiAction): Promise<AmiResult<readonly AmiEvent[]>>;
  /** While not live, begins a new try at once: instead of at the end of the back-off, or of one that gets nowhere. */
  connectNow(): void;
  close(): Promise<void>;
}

export function createAmiClient(options: AmiClientOptions): AmiClient {
  const { events, pingEveryMs = 400, pingTimeoutMs = 1000, loginTimeoutMs = 5000, ...target } = options;
  const stop = new AbortController();
  let running: Promise<void> | undefined;
  let wake = new AbortController();
  let live: Connection | undefined;
  let mayReadSystem = false;
  let failures = 0;

  async function run(listener: AmiListener): Promise<void> {
    listener.onState({ kind: 'connecting' });
    while (!stop.signal.aborted) {
      wake = new AbortController();
      const signal = AbortSignal.any([wake.signal, stop.signal]);
      const ended = await runSession({
        target,
        events,
        pingEveryMs,
        pingTimeoutMs,
        loginTimeoutMs,
        mayReadSystem: () => mayReadSystem,
        signal,
        onLoggedIn: () => listener.onState({ kind: 'booting' }),
        onDenied: () => listener.onState({ kind: 'permission-denied' }),
        onBooted() {
          mayReadSystem = true;
        },
        onLive(connection) {
          live = connection;
          failures = 0;
          listener.onState({ kind: 'live' });
        },
        onEvent: (event) => listener.onEvent(event),
        onDoubted: (subject) => listener.onDoubted(subject),
        onGap: () => listener.onGap(),
      });
      live = undefined;
      if (stop.signal.aborted) break;
      if (wake.signal.aborted) continue;
      listener.onState(ended);
      const pause = retryDelay(ended.kind, failures++, Math.random());
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
    listener.onState({ kind: 'closed' });
  }

  async function request(action: AmiAction, isList: boolean, timeoutMs: number) {
    if (live === undefined) {
      return { ok: false, code: 'not-connected', message: 'There is no link to Asterisk.' } as const;
    }
    return live.request(action, { isList, timeoutMs });
  }

  return {
    start(listener) {
      running ??= run(listener);
    },
    async send(action) {
      const result = await request(action, false, ACTION_TIMEOUT_MS);
      return result.ok ? { ok: true, value: result.value.response } : result;
    },
    async list(action) {
      const result = await request(action, true, LIST_TIMEOUT_MS);
      return result.ok ? { ok: true, value: result.value.items } : result;
    },
    connectNow() {
      if (live === undefined) wake.abort();
    },
    async close() {
      stop.abort();
      await running;
    },
  };
}
