import {
  type ScheduledReturn,
  type Board,
  dueReturnTimes,
  isAssigned,
  sightOf,
  scheduledReturns,
} from '@lampboard/model';
import {
  type Change,
  type Pbx,
  type ReturnTime,
  type SetPresence,
  isAllowed,
  pbxIdOf,
} from '@lampboard/protocol';
import type { Accounts } from '../auth/accounts.ts';
import type { Clock } from '../platform/clock.ts';
import { errorName } from '../platform/failure.ts';
import type { Logger } from '../platform/log.ts';
import type { BoardListener } from '../board/live-board.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';
import type { EditPresence } from './set-presence.ts';

/** The clock is checked at least this often, as it may be set. */
const POLL_INTERVAL_MS = 30_000;
/** Delay after Asterisk did not respond. */
const RETRY_MS = 2000;

interface ReturnTimeSchedulerOptions {
  board: { current(): Board; subscribe(listener: BoardListener): void };
  isLive: (pbxId: string) => boolean;
  edit: EditPresence;
  /** True if the account that scheduled it may still set this presence. */
  isStillAllowed: (scheduled: ScheduledReturn) => boolean;
  onForbidden: (scheduled: ScheduledReturn) => void;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}

/**
 * Sets the next state of each return time when it is due and its PBX is live. Each is an edit based on the presence
 * that has the return time: any other change makes it a conflict, so it never runs twice. Returns the stop function.
 */
export function startReturnTimeScheduler(options: ReturnTimeSchedulerOptions): () => void {
  const { board, isLive, edit, isStillAllowed, onForbidden, clock, log } = options;
  /**
   * The PBX, as it was since its link became live, when a return time was completed, superseded or rejected. The board may
   * still show it until the next event, and an Asterisk that rejected it while shutting down is retried once it is back.
   */
  const settled = new WeakMap<ReturnTime, Pbx | undefined>();
  const timer = createReschedulingTimer({ task: run, monotonic: clock.monotonic });

  function pbxOf(id: string): Pbx | undefined {
    const { pbxs } = board.current();
    return pbxs.get(pbxIdOf(id, pbxs.keys()));
  }

  function pendingReturns(): readonly ScheduledReturn[] {
    return scheduledReturns(board.current().extensions.values()).filter(({ id, returnTime }) => {
      const pbx = pbxOf(id);
      return pbx !== undefined && isLive(pbx.id) && settled.get(returnTime) !== pbx;
    });
  }

  function untilNext(): number {
    const [next] = pendingReturns();
    const delay = next === undefined ? POLL_INTERVAL_MS : next.returnTime.at - clock.now();
    return Math.max(0, Math.min(delay, POLL_INTERVAL_MS));
  }

  async function run(): Promise<number> {
    const done = await Promise.all(dueReturnTimes(pendingReturns(), clock.now()).map(runOne));
    return done.every((isDone) => isDone) ? untilNext() : Math.max(RETRY_MS, untilNext());
  }

  /** Resolves to false if it must be retried. */
  async function runOne(scheduled: ScheduledReturn): Promise<boolean> {
    try {
      if (isStillAllowed(scheduled)) return await setNext(scheduled);
      onForbidden(scheduled);
      return true;
    } catch (error) {
      log.warn({ extension: scheduled.id, error: errorName(error) }, 'return time failed');
      return false;
    }
  }

  async function setNext(scheduled: ScheduledReturn): Promise<boolean> {
    const { id, returnTime } = scheduled;
    const pbx = pbxOf(id);
    const reply = await edit(...editOf(scheduled));
    const shouldRetry = !reply.ok && (reply.code === 'timeout' || reply.code === 'link-down');
    if (!shouldRetry) settled.set(returnTime, pbx);
    if (!reply.ok && reply.code !== 'conflict')
      log.warn({ extension: id, code: reply.code }, 'return time could not be applied');
    return !shouldRetry;
  }

  const reschedule = () => timer.runWithin(untilNext());
  board.subscribe({
    onDelta: ({ changes }) => {
      if (changes.some(isPresenceChange)) reschedule();
    },
    onSnapshot: reschedule,
  });
  reschedule();
  return () => timer.cancel();
}

/** Returns the edit that sets the next state. */
export function editOf({ id, presence, thenState, actorName: name, accountId }: ScheduledReturn) {
  const command: SetPresence = {
    id,
    presence: { state: thenState, subtype: '', message: '' },
    base: presence,
  };
  return [command, { kind: 'return-time', name, accountId }] as const;
}

/** True if the account that scheduled a return still exists, is enabled and may see and set that presence. */
export function isReturnTimeAllowed(
  scheduled: ScheduledReturn,
  accounts: Pick<Accounts, 'find' | 'findId'>,
  board: Board,
): boolean {
  const { actorName, accountId, setAt } = scheduled;
  const account = accountId === undefined ? accounts.find(actorName) : accounts.findId(accountId);
  if (account === null || account.disabled) return false;
  if (setAt !== null && account.createdAt > setAt) return false;
  const sight = sightOf(board, account);
  if (sight !== null && !sight.visibleIds.has(scheduled.id)) return false;
  const extension = board.extensions.get(scheduled.id);
  const extensions =
    extension !== undefined && isAssigned(account.extensions, extension) ? [extension.id] : [];
  return isAllowed({ ...account, extensions }, 'set-presence', editOf(scheduled)[0]);
}

const isPresenceChange = (change: Change) =>
  change.table === 'extensions' &&
  (change.op === 'put' || (change.op === 'patch' && 'presence' in change.fields));
