import type { AmiState } from './types.ts';

const INITIAL_BACKOFF_MS = 100;
/** A refused or lost connection is tried again soon: Asterisk is back within a second or two of a restart. */
const MAX_BACKOFF_MS = 1500;
/** Where Asterisk turns logins away for their number, haste makes it worse; a certificate refused is three lines in its log. */
const MAX_BACKOFF_REJECTED_MS = 5000;
/** Asterisk is there, and each try has it list all that there is. */
const INITIAL_BACKOFF_UNPRODUCTIVE_MS = 500;
const MAX_BACKOFF_UNPRODUCTIVE_MS = 60_000;
/** Refused credentials are not hammered: each try is a line in the security log, and may count for a ban. */
export const LOGIN_REFUSED_BACKOFF_MS = 5 * 60_000;

/**
 * Milliseconds to wait before the next try; `attempt` counts the failures in a row from 0, `random` is in [0, 1).
 * Doubles from 100 ms to its cap, and takes off up to half at random, so that many gateways do not come back as one.
 */
export function reconnectDelay(kind: AmiState['kind'], attempt: number, random: number): number {
  if (kind === 'login-refused') return LOGIN_REFUSED_BACKOFF_MS;
  const maxMs = kind === 'rejected' || kind === 'tls-error' ? MAX_BACKOFF_REJECTED_MS : MAX_BACKOFF_MS;
  return exponentialBackoff(INITIAL_BACKOFF_MS, maxMs, attempt) * (1 - random / 2);
}

/**
 * Milliseconds to wait at least after so many sessions in a row, one or more, in which lists were asked for and none was
 * of use. Doubles from half a second to a minute, likewise with up to half taken off.
 */
export function unproductiveSessionDelay(sessions: number, random: number): number {
  return (
    exponentialBackoff(INITIAL_BACKOFF_UNPRODUCTIVE_MS, MAX_BACKOFF_UNPRODUCTIVE_MS, sessions - 1) *
    (1 - random / 2)
  );
}

function exponentialBackoff(initialMs: number, maxMs: number, attempt: number): number {
  return Math.min(maxMs, initialMs * 2 ** Math.min(attempt, 10));
}
