import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, type AmiEndpoint, openConnection } from './connection.ts';
import type { AmiListener, AmiProfile, AmiResult, AmiState, EventProfile } from './types.ts';
import { deferred } from './deferred.ts';
import { pickHeaders } from './message.ts';
import { startHeartbeat } from './heartbeat.ts';

const LIST_RETRY_MS = 1000;
/** Where the account received `FullyBooted` before, lists stand in for it only after this time. */
const FULLY_BOOTED_TIMEOUT_MS = 30_000;
const LIST_TIMEOUT_MS = 5000;

/** Returns the names in all lists as one text; fails until their modules run. */
async function listNames(
  connection: Connection,
  bootLists: EventProfile['bootLists'],
): Promise<AmiResult<string>> {
  const names: string[][][] = [];
  for (const { action, identifiedBy } of bootLists) {
    const list = await connection.request({ Action: action }, LIST_TIMEOUT_MS, true);
    if (!list.ok) return list;
    names.push(list.value.items.map(({ fields }) => Object.values(pickHeaders(fields, identifiedBy))));
  }
  return { ok: true, value: JSON.stringify(names) };
}

const FULLY_BOOTED = 'FullyBooted';
const SETUP_TIMEOUT_MS = 5000;

interface SessionOptions {
  readonly endpoint: AmiEndpoint;
  readonly profile: AmiProfile;
  readonly pingIntervalMs: number;
  readonly inactivityTimeoutMs: number;
  readonly loginTimeoutMs: number;
  /** The account received `FullyBooted` before. */
  readonly canReadSystem: () => boolean;
  readonly signal: AbortSignal;
  /** Gets events only while live. */
  readonly listener: AmiListener;
  readonly onBooted: () => void;
  /** Lists are complete from here on. */
  readonly onLive: (connection: Connection) => void;
}

/** Runs one connection to its end; resolves to its final state. */
export async function runSession(options: SessionOptions): Promise<AmiState> {
  const { endpoint, loginTimeoutMs, pingIntervalMs, inactivityTimeoutMs, signal, listener } = options;
  const profile = withBootEvent(options.profile);
  const fullyBooted = deferred<true>();
  const end = new AbortController();
  let isLive = false;
  /** The event comes once; an untrusted one is replaced by two lists that agree. */
  let isBootEventUntrusted = false;

  const connection = openConnection({
    endpoint,
    profile,
    loginTimeoutMs,
    onUntrustedEvent(event) {
      if (isLive) listener.onUntrustedEvent(event);
      else if (event.name === FULLY_BOOTED) isBootEventUntrusted = true;
    },
    onSignal() {
      if (isLive) listener.onResyncNeeded();
    },
    onEvent(event) {
      if (event.name === FULLY_BOOTED) {
        options.onBooted();
        fullyBooted.resolve(true);
        // Arriving this late, it proves that the lists were incomplete.
        if (isLive) listener.onResyncNeeded();
      } else if (isLive) listener.onEvent(event);
    },
  });
  signal.addEventListener('abort', connection.close, { once: true });
  void connection.closed.then(() => end.abort());

  /**
   * Waits until Asterisk's lists are complete: for the event `FullyBooted`, or, where the account may not read class
   * `system`, until `bootLists` agree twice. Resolves to false at the end of the session.
   */
  async function waitForBoot({ bootLists }: EventProfile): Promise<boolean> {
    let denials = 0;
    let previousNames: string | undefined;
    for (let elapsedMs = 0; !end.signal.aborted; elapsedMs += LIST_RETRY_MS) {
      const retryPause = sleep(LIST_RETRY_MS, false, { signal: end.signal }).catch(() => false);
      const isBooted = await Promise.race([fullyBooted.promise, retryPause]);
      if (isBooted || end.signal.aborted) return isBooted;
      const expectsFullyBooted = options.canReadSystem() && !isBootEventUntrusted;
      if (expectsFullyBooted && elapsedMs < FULLY_BOOTED_TIMEOUT_MS) continue;
      const lists = await listNames(connection, bootLists);
      denials = !lists.ok && lists.code === 'permission-denied' ? denials + 1 : 0;
      // A module that is still loading denies once, never twice in a row.
      if (denials === 2) listener.onState({ kind: 'permission-denied' });
      if (lists.ok && lists.value === previousNames) return true;
      previousNames = lists.ok ? lists.value : undefined;
    }
    return false;
  }

  async function goLive(): Promise<void> {
    await subscribeToEvents(connection, profile);
    const isBooted = profile.trusts === 'replies' || (await waitForBoot(profile));
    if (!isBooted || end.signal.aborted) return;
    isLive = true;
    options.onLive(connection);
  }

  try {
    const outcome = await connection.login;
    if (connection.isOverrun()) return { kind: 'overrun' };
    if (outcome === 'unreachable' || outcome === 'tls-error') {
      return { kind: outcome, errorCode: await connection.closed };
    }
    if (outcome !== 'accepted') return { kind: outcome };
    listener.onState({ kind: 'booting' });
    const unresponsive = startHeartbeat(connection, pingIntervalMs, inactivityTimeoutMs, end.signal);
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

function withBootEvent(profile: AmiProfile): AmiProfile {
  if (profile.trusts === 'replies') return profile;
  return { ...profile, subscriptions: [...profile.subscriptions, { name: FULLY_BOOTED, identifiedBy: [] }] };
}

/** Returns the expression of the events that Asterisk is to send. */
function filterOf(profile: AmiProfile): string {
  const isReplies = profile.trusts === 'replies';
  const names = (isReplies ? profile.signals : profile.subscriptions).map(({ name }) => name).join('|');
  return `^Event: (${names})${isReplies ? '[^A-Za-z]' : ''}`;
}

/** Reduces the events that Asterisk sends; where the account may not, the trust filter drops the rest. */
async function subscribeToEvents(connection: Connection, profile: AmiProfile): Promise<void> {
  const mask = [...profile.eventClasses, 'system'].join(',');
  const filter = { Action: 'Filter', Operation: 'Add', Filter: filterOf(profile) };
  await Promise.all([
    connection.request({ Action: 'Events', EventMask: mask }, SETUP_TIMEOUT_MS),
    connection.request(filter, SETUP_TIMEOUT_MS),
  ]);
}
