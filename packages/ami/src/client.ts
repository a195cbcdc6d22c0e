import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, type AmiEndpoint, NOT_CONNECTED } from './connection.ts';
import type { ActionReply } from './pending-actions.ts';
import { runSession } from './session.ts';
import type {
  AmiAction,
  AmiEvent,
  AmiFields,
  AmiListener,
  AmiProfile,
  AmiResult,
  AmiState,
} from './types.ts';

const INITIAL_BACKOFF_MS = 100;
/** Low, since Asterisk restarts within two seconds. */
const MAX_BACKOFF_MS = 1500;
/** Spares an Asterisk at its `authlimit`, and its log, which gets three lines per rejected certificate. */
const MAX_BACKOFF_REJECTED_MS = 5000;
/** Each unproductive session makes Asterisk list everything. */
const INITIAL_BACKOFF_UNPRODUCTIVE_MS = 500;
const MAX_BACKOFF_UNPRODUCTIVE_MS = 60_000;
/** Each failed login is a line in the security log, and may count towards a ban. */
export const LOGIN_REJECTED_BACKOFF_MS = 5 * 60_000;

/**
 * Milliseconds before the next try; `attempt` counts consecutive failures from 0, `random` is in [0, 1). Exponential,
 * minus up to half at random, so that gateways do not reconnect all together.
 */
export function reconnectDelay(kind: AmiState['kind'], attempt: number, random: number): number {
  if (kind === 'login-refused') return LOGIN_REJECTED_BACKOFF_MS;
  const maxMs = kind === 'rejected' || kind === 'tls-error' ? MAX_BACKOFF_REJECTED_MS : MAX_BACKOFF_MS;
  return backoff(INITIAL_BACKOFF_MS, maxMs, attempt, random);
}

/** Minimum milliseconds after `sessions` (at least 1) consecutive sessions that went live without a useful list. */
export function unproductiveSessionDelay(sessions: number, random: number): number {
  return backoff(INITIAL_BACKOFF_UNPRODUCTIVE_MS, MAX_BACKOFF_UNPRODUCTIVE_MS, sessions - 1, random);
}

function backoff(initialMs: number, maxMs: number, attempt: number, random: number): number {
  return Math.min(maxMs, initialMs * 2 ** Math.min(attempt, 10)) * (1 - random / 2);
}

const ACTION_TIMEOUT_MS = 5000;
/** On a slow line, events of a reload come between the items of a list. */
const LIST_TIMEOUT_MS = 30_000;

export interface AmiClientOptions extends AmiEndpoint {
  readonly profile: AmiProfile;
  /** Milliseconds between Pings. */
  readonly pingIntervalMs?: number;
  /** Milliseconds without a byte, beside the line's round trip, after which the client disconnects. */
  readonly inactivityTimeoutMs?: number;
  /** Milliseconds without a byte or a connection step, until the login is answered. */
  readonly loginTimeoutMs?: number;
}

/** A reconnecting AMI session. While it is not `live`, every action fails; none is queued. */
export interface AmiClient {
  /** Connects; later calls do nothing. */
  start(listener: AmiListener): void;
  send(action: AmiAction): Promise<AmiResult<AmiFields>>;
  /** For actions whose reply is a list of events. */
  list(action: AmiAction): Promise<AmiResult<readonly AmiEvent[]>>;
  /** For such actions of a profile that trusts replies alone. */
  listBlocks(action: AmiAction): Promise<AmiResult<Pick<ActionReply, 'blocks' | 'arrivalMs'>>>;
  /** While not live, skips the backoff, and restarts a connection attempt in progress. */
  reconnectNow(): void;
  /** Marks this session as productive: the next reconnect begins with the shortest delay. */
  resetBackoff(): void;
  /** Total of all sessions. */
  bytesReceived(): number;
  close(): Promise<void>;
}

export function createAmiClient({
  profile,
  pingIntervalMs = 400,
  inactivityTimeoutMs = 1400,
  loginTimeoutMs = 5000,
  ...endpoint
}: AmiClientOptions): AmiClient {
  const stop = new AbortController();
  let loop: Promise<void> | undefined;
  let wake = new AbortController();
  let live: Connection | undefined;
  let canReadSystem = false;
  let failures = 0;
  /** Consecutive sessions that went live without {@link AmiClient.resetBackoff}. */
  let unproductiveSessions = 0;
  let previousBytes = 0;

  async function run(listener: AmiListener): Promise<void> {
    listener.onState({ kind: 'connecting' });
    while (!stop.signal.aborted) {
      wake = new AbortController();
      const signal = AbortSignal.any([wake.signal, stop.signal]);
      const endState = await runSession({
        endpoint,
        profile,
        pingIntervalMs,
        inactivityTimeoutMs,
        loginTimeoutMs,
        canReadSystem: () => canReadSystem,
        signal,
        listener,
        onBooted() {
          canReadSystem = true;
        },
        onLive(connection) {
          live = connection;
          unproductiveSessions += 1;
          listener.onState({ kind: 'live' });
        },
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

  const request = async (action: AmiAction, timeoutMs: number, isList: boolean) =>
    live?.request(action, timeoutMs, isList) ?? NOT_CONNECTED;

  return {
    start(listener) {
      loop ??= run(listener);
    },
    async send(action) {
      const result = await request(action, ACTION_TIMEOUT_MS, false);
      return result.ok ? { ok: true, value: result.value.response } : result;
    },
    async list(action) {
      const result = await request(action, LIST_TIMEOUT_MS, true);
      return result.ok ? { ok: true, value: result.value.items } : result;
    },
    async listBlocks(action) {
      return request(action, LIST_TIMEOUT_MS, true);
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
