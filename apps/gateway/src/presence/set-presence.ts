import type { AmiFailure } from '@lampboard/ami';
import type { Board } from '@lampboard/model';
import {
  type Actor,
  MAX_RETURN_TIME_AHEAD_MS,
  type ReturnTime,
  COMMAND_TIMEOUT_MS,
  type Failure,
  type ReadOnlyReason,
  type SetPresence,
  type SetPresenceReply,
  type SettablePresence,
  validatePresence,
  isWritableProvider,
  readOnlyReason,
  samePresence,
} from '@lampboard/protocol';
import type { PauseDetector } from '../platform/pause-detector.ts';
import type { AttributionTracker } from './attribution.ts';
import type { AttributedEdit } from './presence-log.ts';
import type { PresenceFunction } from '../asterisk/presence-function.ts';
import type { Clock } from '../platform/clock.ts';
import { UNKNOWN_EXTENSION, failure } from '../platform/failure.ts';

/** Sets a presence. Does not start after `deadline`, in milliseconds by the monotonic clock. */
export type EditPresence = (
  command: SetPresence,
  actor: Actor,
  deadline?: number,
) => Promise<SetPresenceReply>;

export const TOO_LATE = failure(
  'timeout',
  'The edit could not start in time. Nothing was changed; your text is kept.',
);
export const LINK_DOWN = failure(
  'link-down',
  'There is no connection to Asterisk. Nothing was changed; your text is kept.',
);

const INVALID_RETURN_TIME = failure(
  'invalid-return-time',
  'The return time is in the past or more than a year ahead. Nothing was changed; choose another one.',
);

const READ_ONLY_REASONS: Readonly<Record<ReadOnlyReason, string>> = {
  'no-provider': 'names no presence provider',
  'other-provider': 'names a presence provider other than CustomPresence',
  'spaced-provider': 'has a space before CustomPresence, so Asterisk does not recognise the provider',
  'unusable-name':
    'names a CustomPresence that can’t be written: it has brackets, quotes, a backslash or “&”, or is not UTF-8',
};

interface Job extends Omit<AttributedEdit, 'setAt'>, Pick<SetPresence, 'base'> {
  readonly presence: SettablePresence;
  readonly deadline: number;
  readonly receivedAt: number;
}

const RETURN_TIME_NOT_STORED = failure(
  'store-unavailable',
  'Lampboard can’t save a return time now: its database can’t be written. Nothing was changed; save without one, or try again.',
);

const OUTCOME_UNKNOWN =
  'It is not known whether Asterisk saved the change. Your text is kept: check the board, then save again if necessary.';

interface EditPresenceOptions {
  board: () => Board;
  isLive: () => boolean;
  presenceFunction: PresenceFunction;
  attribution: Pick<AttributionTracker, 'expectEcho'>;
  pauseDetector: Pick<PauseDetector, 'mayPredateStall'>;
  clock: Clock;
}

/**
 * Edits presence in Asterisk; the result is `ok` only after it was read back. Edits of one provider are serialized, so
 * that the second of two is a conflict. An edit that waited for {@link COMMAND_TIMEOUT_MS} is not started.
 */
export function createEditPresence(options: EditPresenceOptions): EditPresence {
  const { board, isLive, presenceFunction, attribution, pauseDetector } = options;
  const { now, monotonic } = options.clock;
  const serialize = createKeyedQueue();

  return async ({ id, presence, base, returnTime = null }, actor, latest = Number.POSITIVE_INFINITY) => {
    if (!isLive()) return LINK_DOWN;
    const extension = board().extensions.get(id);
    if (extension === undefined) return UNKNOWN_EXTENSION;
    const { provider } = extension;
    if (!isWritableProvider(provider)) {
      const reason = READ_ONLY_REASONS[readOnlyReason(provider) ?? 'no-provider'];
      return failure(
        'no-presence',
        `The hint of this extension ${reason}, so its presence can't be set. Nothing was changed.`,
      );
    }
    // Unchanged texts are written back byte for byte, whatever their length.
    const isUnchanged = (field: 'subtype' | 'message') =>
      presence[field] === base[field] || presenceFunction.hasBytesOf(provider, presence[field]);
    const unchanged = { subtype: isUnchanged('subtype'), message: isUnchanged('message') };
    const validated = validatePresence({
      state: presence.state,
      subtype: unchanged.subtype ? '' : presence.subtype,
      message: unchanged.message ? '' : presence.message,
    });
    if (!validated.ok) return validated;
    if (returnTime !== null && !isValidReturnTime(returnTime, now())) return INVALID_RETURN_TIME;
    const receivedAt = monotonic();
    const deadline = Math.min(latest, receivedAt + COMMAND_TIMEOUT_MS);
    const requested = {
      state: validated.presence.state,
      subtype: unchanged.subtype ? presence.subtype : validated.presence.subtype,
      message: unchanged.message ? presence.message : validated.presence.message,
    };
    const job = { provider, presence: requested, base, receivedAt, deadline, actor, returnTime };
    return withTimeout(serialize(provider, () => write(job)));
  };

  async function write(job: Job): Promise<SetPresenceReply> {
    const { provider, presence: requested, base, actor, returnTime } = job;
    const before = await presenceFunction.read(provider);
    if (!before.ok) return failureFromAmi(before, 'Nothing was changed; your text is kept.');
    if (!samePresence(before.value, base)) {
      const message =
        'The presence was changed elsewhere. Nothing was overwritten: choose which one to keep.';
      return { ok: false, code: 'conflict', message, current: before.value };
    }
    if (!isLive()) return LINK_DOWN;
    if (monotonic() >= job.deadline || pauseDetector.mayPredateStall(job.receivedAt)) return TOO_LATE;
    const cancel = attribution.expectEcho({ provider, presence: requested, actor, returnTime });
    if (cancel === null) return RETURN_TIME_NOT_STORED;
    const written = await presenceFunction.write(provider, requested);
    if (!written.ok) {
      if (written.code === 'timeout' || written.code === 'connection-lost')
        return failureFromAmi(written, OUTCOME_UNKNOWN);
      cancel();
      const validity = validatePresence(requested);
      return validity.ok ? failureFromAmi(written, 'Nothing was changed; your text is kept.') : validity;
    }
    const after = await presenceFunction.read(provider);
    if (!after.ok)
      return failure('timeout', `Asterisk accepted the change but could not be read. ${OUTCOME_UNKNOWN}`);
    if (samePresence(after.value, requested)) return { ok: true, presence: after.value };
    const message = 'Asterisk accepted the change, but another one replaced it: choose which one to keep.';
    return { ok: false, code: 'superseded', message, current: after.value };
  }
}

/** A past time is valid only without a next state, as undo may restore it. */
function isValidReturnTime({ at, thenState }: ReturnTime, now: number): boolean {
  const isLateEnough = thenState === null ? at >= now - MAX_RETURN_TIME_AHEAD_MS : at > now;
  return isLateEnough && at <= now + MAX_RETURN_TIME_AHEAD_MS;
}

function failureFromAmi({ code, message }: AmiFailure, consequence: string): Failure {
  switch (code) {
    case 'rejected':
    case 'permission-denied':
    case 'invalid-action':
      return failure('refused-by-asterisk', `Asterisk rejected the change: ${message}. ${consequence}`);
    case 'not-connected':
      return failure('link-down', `The connection to Asterisk is down. ${consequence}`);
    case 'timeout':
    case 'incomplete':
    case 'connection-lost':
      return failure('timeout', `Asterisk did not answer. ${consequence}`);
  }
}

/** Resolves to a `timeout` failure after {@link COMMAND_TIMEOUT_MS}. */
export function withTimeout(reply: Promise<SetPresenceReply>): Promise<SetPresenceReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => resolve(failure('timeout', `Asterisk did not answer. ${OUTCOME_UNKNOWN}`)),
      COMMAND_TIMEOUT_MS,
    );
    void reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Runs the tasks of one key one after the other, in order; those of other keys concurrently. */
function createKeyedQueue(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const lastByKey = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const turn = (lastByKey.get(key) ?? Promise.resolve()).then(task, task);
    lastByKey.set(key, turn);
    try {
      return await turn;
    } finally {
      if (lastByKey.get(key) === turn) lastByKey.delete(key);
    }
  };
}
