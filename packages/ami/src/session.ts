import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, type AmiEndpoint, openConnection } from './connection.ts';
import type { AmiEvent, AmiResult, AmiState } from './types.ts';
import { deferred } from './deferred.ts';
import { startHeartbeat } from './heartbeat.ts';

/** Between two lists that are to agree. */
const LIST_RETRY_MS = 1000;
/** An account that has shown `FullyBooted` before will show it again; lists count only if that right was taken away. */
const FULLY_BOOTED_TIMEOUT_MS = 30_000;
const LIST_TIMEOUT_MS = 5000;

/**
 * Waits until Asterisk's lists can be believed: for the event `FullyBooted`, or, where the account may not read class
 * `system`, until two lists in a row agree. Resolves to false where `signal` ends the wait.
 */
async function waitForBoot({
  connection,
  fullyBooted,
  expectsFullyBooted,
  signal,
  onPermissionDenied,
}: {
  connection: Connection;
  fullyBooted: Promise<void>;
  expectsFullyBooted: () => boolean;
  signal: AbortSignal;
  /** The account may not list: there is nothing to wait for, but the wait goes on. */
  onPermissionDenied: () => void;
}): Promise<boolean> {
  const booted = fullyBooted.then(() => true);
  const aborted = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  let denials = 0;
  let previousNames: string | undefined;
  for (let elapsedMs = 0; !signal.aborted; elapsedMs += LIST_RETRY_MS) {
    const retryPause = sleep(LIST_RETRY_MS, undefined, { signal }).catch(() => undefined);
    const outcome = await Promise.race([booted, aborted, retryPause]);
    if (outcome !== undefined) return outcome;
    if (expectsFullyBooted() && elapsedMs < FULLY_BOOTED_TIMEOUT_MS) continue;
    const lists = await listNames(connection);
    denials = !lists.ok && lists.code === 'permission-denied' ? denials + 1 : 0;
    // A module that is only just loading denies once, and never twice in a row.
    if (denials === 2) onPermissionDenied();
    if (lists.ok && lists.value === previousNames) return true;
    previousNames = lists.ok ? lists.value : undefined;
  }
  return false;
}

/** What both lists name, as one text; refused until their modules run. */
async function listNames(connection: Connection): Promise<AmiResult<string>> {
  const options = { isList: true, timeoutMs: LIST_TIMEOUT_MS };
  const extensions = await connection.request({ Action: 'ExtensionStateList' }, options);
  if (!extensions.ok) return extensions;
  const presences = await connection.request({ Action: 'PresenceStateList' }, options);
  if (!presences.ok) return presences;
  const names = ({ fields }: AmiEvent) => [
    fields['exten'],
    fields['context'],
    fields['hint'],
    fields['presentity'],
  ];
  return {
    ok: true,
    value: JSON.stringify([...extensions.value.items, ...presences.value.items].map(names)),
  };
}

/** Read classes of the events asked for; an account with more rights is not sent the rest. */
const EVENT_MASK = 'call,system';
const FULLY_BOOTED = 'FullyBooted';
const SETUP_TIMEOUT_MS = 5000;

export interface SessionOptions {
  readonly endpoint: AmiEndpoint;
  readonly events: readonly string[];
  readonly pingIntervalMs: number;
  readonly inactivityTimeoutMs: number;
  readonly loginTimeoutMs: number;
  /** The account has shown `FullyBooted` before. */
  readonly canReadSystem: () => boolean;
  readonly signal: AbortSignal;
  readonly onLoggedIn: () => void;
  readonly onBooted: () => void;
  readonly onPermissionDenied: () => void;
  /** From here on, lists can be believed. */
  readonly onLive: (connection: Connection) => void;
  /** Only what comes while live. */
  readonly onEvent: (event: AmiEvent) => void;
  readonly onUntrustedEvent: (event: AmiEvent) => void;
  /** Lists were believed too early: list again. */
  readonly onResyncNeeded: () => void;
}

/** One connection, from TCP to its end; resolves to the state that it ended in. */
export async function runSession(options: SessionOptions): Promise<AmiState> {
  const { endpoint, events, loginTimeoutMs, pingIntervalMs, inactivityTimeoutMs, signal } = options;
  const booted = deferred<void>();
  const end = new AbortController();
  let isLive = false;
  /** It comes once, and lists have to stand in for it. */
  let isBootEventUntrusted = false;

  const connection = openConnection({
    endpoint,
    eventNames: [...events, FULLY_BOOTED],
    loginTimeoutMs,
    onUntrustedEvent(event) {
      if (isLive) options.onUntrustedEvent(event);
      else if (event.name === FULLY_BOOTED) isBootEventUntrusted = true;
    },
    onEvent(event) {
      if (event.name === FULLY_BOOTED) {
        options.onBooted();
        booted.resolve();
        // Seen this late, it says that lists were believed too early.
        if (isLive) options.onResyncNeeded();
      } else if (isLive) options.onEvent(event);
    },
  });
  signal.addEventListener('abort', connection.close, { once: true });
  void connection.closed.then(() => end.abort());

  async function goLive(): Promise<void> {
    await subscribeToEvents(connection, [...events, FULLY_BOOTED]);
    const isBooted = await waitForBoot({
      connection,
      fullyBooted: booted.promise,
      expectsFullyBooted: () => options.canReadSystem() && !isBootEventUntrusted,
      signal: end.signal,
      onPermissionDenied: options.onPermissionDenied,
    });
    if (!isBooted) return;
    isLive = true;
    options.onLive(connection);
  }

  try {
    const outcome = await connection.login;
    if (connection.isOverrun()) return { kind: 'overrun' };
    if (outcome === 'unreachable' || outcome === 'tls-error') {
      return { kind: outcome, errorCode: await connection.closed };
    }
    if (outcome === 'login-refused') return { kind: 'login-refused' };
    if (outcome !== 'accepted') return { kind: outcome };
    options.onLoggedIn();
    const unresponsive = startHeartbeat({
      connection,
      intervalMs: pingIntervalMs,
      inactivityTimeoutMs: inactivityTimeoutMs,
      signal: end.signal,
    });
    void goLive();
    const closeReason = await Promise.race([connection.closed, unresponsive]);
    if (connection.isOverrun()) return { kind: 'overrun' };
    return closeReason === undefined
      ? { kind: 'unresponsive' }
      : { kind: 'unreachable', errorCode: closeReason };
  } finally {
    isLive = false;
    end.abort();
    connection.close();
    signal.removeEventListener('abort', connection.close);
  }
}

/** Asks Asterisk for no more than is wanted. Refused to accounts without the right, the filter is left to our own door. */
async function subscribeToEvents(connection: Connection, eventNames: readonly string[]): Promise<void> {
  const requestOptions = { isList: false, timeoutMs: SETUP_TIMEOUT_MS };
  const filter = { Action: 'Filter', Operation: 'Add', Filter: `^Event: (${eventNames.join('|')})` };
  await Promise.all([
    connection.request({ Action: 'Events', EventMask: EVENT_MASK }, requestOptions),
    connection.request(filter, requestOptions),
  ]);
}
