import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, AmiEndpoint } from './connection.ts';
import { reconnectDelay, unproductiveSessionDelay } from './backoff.ts';
import { runSession } from './session.ts';
import type { AmiAction, AmiEvent, AmiFields, AmiResult, AmiState } from './types.ts';

const ACTION_TIMEOUT_MS = 5000;
/** On a slow line, events of a reload may come between the items of a list. */
const LIST_TIMEOUT_MS = 30_000;

export interface AmiClientOptions extends AmiEndpoint {
  /** Names of the events wanted; all others are dropped, at Asterisk where the account may use `Filter`. */
  readonly events: readonly string[];
  /** Milliseconds; a Ping is sent as often. */
  readonly pingIntervalMs?: number;
  /** Milliseconds, beside the line's round trip, without a byte, after which the link is given up. */
  readonly inactivityTimeoutMs?: number;
  /** Milliseconds without a byte, or a step on the way to it, until the login is answered. */
  readonly loginTimeoutMs?: number;
}

export interface AmiListener {
  onState(state: AmiState): void;
  onEvent(event: AmiEvent): void;
  /**
   * Somebody may have typed this event, a true one or not: `subject` has its name and whom it is about, and nothing that
   * it says of them. Ask Asterisk.
   */
  onUntrustedEvent(event: AmiEvent): void;
  /** Lists were believed too early, although the link is live: list again. */
  onResyncNeeded(): void;
}

/** An AMI session that is always on its way back to `live`. While it is not, every action is refused, never held. */
export interface AmiClient {
  /** Begins to connect; once. */
  start(listener: AmiListener): void;
  send(action: AmiAction): Promise<AmiResult<AmiFields>>;
  /** For actions that are answered by a list of events. */
  list(action: AmiAction): Promise<AmiResult<readonly AmiEvent[]>>;
  /** While not live, begins a new try at once: instead of at the end of the back-off, or of one that gets nowhere. */
  reconnectNow(): void;
  /** This session was of use: when it is lost, the next one is tried without the delay of those before. */
  resetBackoff(): void;
  /** All bytes of all sessions. */
  bytesReceived(): number;
  close(): Promise<void>;
}

export function createAmiClient(options: AmiClientOptions): AmiClient {
  const {
    events,
    pingIntervalMs = 400,
    inactivityTimeoutMs = 1400,
    loginTimeoutMs = 5000,
    ...endpoint
  } = options;
  const stop = new AbortController();
  let loop: Promise<void> | undefined;
  let wake = new AbortController();
  let live: Connection | undefined;
  let canReadSystem = false;
  let failures = 0;
  /** Sessions in a row that went live and were not of use. */
  let unproductiveSessions = 0;
  let previousBytes = 0;

  async function run(listener: AmiListener): Promise<void> {
    listener.onState({ kind: 'connecting' });
    while (!stop.signal.aborted) {
      wake = new AbortController();
      const signal = AbortSignal.any([wake.signal, stop.signal]);
      const endState = await runSession({
        endpoint,
        events,
        pingIntervalMs,
        inactivityTimeoutMs,
        loginTimeoutMs,
        canReadSystem: () => canReadSystem,
        signal,
        onLoggedIn: () => listener.onState({ kind: 'booting' }),
        onPermissionDenied: () => listener.onState({ kind: 'permission-denied' }),
        onBooted() {
          canReadSystem = true;
        },
        onLive(connection) {
          live = connection;
          unproductiveSessions += 1;
          listener.onState({ kind: 'live' });
        },
        onEvent: (event) => listener.onEvent(event),
        onUntrustedEvent: (event) => listener.onUntrustedEvent(event),
        onResyncNeeded: () => listener.onResyncNeeded(),
      });
      previousBytes += live?.bytesReceived() ?? 0;
      live = undefined;
      if (stop.signal.aborted) break;
      if (wake.signal.aborted) continue;
      listener.onState(endState);
      if (endState.kind === 'overrun') unproductiveSessions += 1;
      const random = Math.random();
      const delayMs = Math.max(
        reconnectDelay(endState.kind, failures++, random),
        unproductiveSessions === 0 ? 0 : unproductiveSessionDelay(unproductiveSessions, random),
      );
      await sleep(delayMs, undefined, { signal }).catch(() => undefined);
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
      loop ??= run(listener);
    },
    async send(action) {
      const result = await request(action, false, ACTION_TIMEOUT_MS);
      return result.ok ? { ok: true, value: result.value.response } : result;
    },
    async list(action) {
      const result = await request(action, true, LIST_TIMEOUT_MS);
      return result.ok ? { ok: true, value: result.value.items } : result;
    },
    reconnectNow() {
      if (live === undefined) wake.abort();
    },
    resetBackoff() {
      failures = 0;
      unproductiveSessions = 0;
    },
    bytesReceived: () => previousBytes + (live?.bytesReceived() ?? 0),
    async close() {
      stop.abort();
      await loop;
    },
  };
}
