import { type ScheduledReturn, type Board, dueReturnTimes, scheduledReturns } from '@lampboard/model';
import { isAllowed, type ReturnTime } from '@lampboard/protocol';
import type { Accounts } from '../auth/accounts.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { BoardListener } from '../board/live-board.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';
import type { EditPresence } from './set-presence.ts';

/** The clock may be set meanwhile: it is looked at so often, in milliseconds, though nothing is due. */
const POLL_INTERVAL_MS = 30_000;
/** Asterisk did not answer; what it holds is asked again after so many milliseconds. */
const RETRY_MS = 2000;

/**
 * Carries out return times: what is to follow is set once the time has come and the board is live. Each is an edit of the
 * very presence that the return time was set with, so that whatever was set meanwhile makes it a conflict: it can't be
 * carried out twice, nor over somebody else's word. Returns what stops it.
 */
export function startReturnTimeScheduler({
  board,
  isLive,
  edit,
  isStillAllowed,
  onForbidden,
  clock,
  log,
}: {
  board: { current(): Board; subscribe(listener: BoardListener): void };
  isLive: () => boolean;
  edit: EditPresence;
  /** Whether whoever planned it may set this presence by now. */
  isStillAllowed: (scheduled: ScheduledReturn) => boolean;
  onForbidden: (scheduled: ScheduledReturn) => void;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}): () => void {
  /**
   * By the epoch of the board in which it was carried out, overtaken or refused: the board may show it for a moment more,
   * and an Asterisk that refused it since it was going down is listed anew.
   */
  const settled = new WeakMap<ReturnTime, string>();
  const timer = createReschedulingTimer({ task: run, monotonic: clock.monotonic });

  function pendingReturns(): readonly ScheduledReturn[] {
    const { epoch, extensions } = board.current();
    return scheduledReturns(extensions.values()).filter(
      ({ returnTime }) => settled.get(returnTime) !== epoch,
    );
  }

  function untilNext(): number {
    const [next] = pendingReturns();
    const delay = next === undefined ? POLL_INTERVAL_MS : next.returnTime.at - clock.now();
    return Math.max(0, Math.min(delay, POLL_INTERVAL_MS));
  }

  async function run(): Promise<number> {
    if (!isLive()) return POLL_INTERVAL_MS;
    const done = await Promise.all(dueReturnTimes(pendingReturns(), clock.now()).map(runOne));
    return done.every((isDone) => isDone) ? untilNext() : Math.max(RETRY_MS, untilNext());
  }

  /** False where it has to be tried again. */
  async function runOne(scheduled: ScheduledReturn): Promise<boolean> {
    try {
      if (isStillAllowed(scheduled)) return await setNext(scheduled);
      onForbidden(scheduled);
      return true;
    } catch (error) {
      const { id } = scheduled;
      log.warn(
        { extension: id, error: error instanceof Error ? error.name : 'unknown' },
        'a return time failed',
      );
      return false;
    }
  }

  async function setNext({
    id,
    presence,
    returnTime,
    thenState,
    actorName,
    accountId,
  }: ScheduledReturn): Promise<boolean> {
    const nextPresence = { state: thenState, subtype: '', message: '' };
    const { epoch } = board.current();
    const reply = await edit(
      { id, presence: nextPresence, base: presence },
      { kind: 'return-time', name: actorName, accountId },
    );
    const shouldRetry = !reply.ok && (reply.code === 'timeout' || reply.code === 'link-down');
    if (!shouldRetry) settled.set(returnTime, epoch);
    if (!reply.ok && reply.code !== 'conflict')
      log.warn({ extension: id, code: reply.code }, 'a return time could not be carried out yet');
    return !shouldRetry;
  }

  const reschedule = () => timer.runWithin(untilNext());
  board.subscribe({
    onDelta: ({ changes }) => {
      if (changes.some(({ kind }) => kind === 'presence' || kind === 'put')) reschedule();
    },
    onSnapshot: reschedule,
  });
  reschedule();
  return () => timer.cancel();
}

/** Whether the account that planned a return may still set that presence: it is there, and was when it was planned. */
export function isReturnTimeAllowed(
  { id, presence, thenState, actorName, accountId, setAt }: ScheduledReturn,
  accounts: Pick<Accounts, 'find' | 'findId'>,
): boolean {
  const account = accountId === undefined ? accounts.find(actorName) : accounts.findId(accountId);
  if (account === null || account.disabled) return false;
  if (setAt !== null && account.createdAt > setAt) return false;
  return isAllowed(account, 'set-presence', {
    id,
    presence: { state: thenState, subtype: '', message: '' },
    base: presence,
  });
}
