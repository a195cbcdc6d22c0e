import { type Board, type PlannedReturn, dueReturns, plannedReturns } from '@lampboard/board';
import type { Back } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { BoardListener } from '../pbx/live-board.ts';
import { createRecurring } from '../pbx/recurring.ts';
import type { Edit } from './edit.ts';

/** The clock may be set meanwhile: it is looked at so often, in milliseconds, though nothing is due. */
const LOOK_EVERY_MS = 30_000;
/** Asterisk did not answer; what it holds is asked again after so many milliseconds. */
const RETRY_MS = 2000;

/**
 * Carries out return times: what is to follow is set once the time has come and the board is live. Each is an edit of the
 * very presence that the return time was set with, so that whatever was set meanwhile makes it a conflict: it can't be
 * carried out twice, nor over somebody else's word. Returns what stops it.
 */
export function keepReturnTimes({
  board,
  isLive,
  edit,
  mayStill,
  onForbidden,
  clock,
  log,
}: {
  board: { current(): Board; subscribe(listener: BoardListener): void };
  isLive: () => boolean;
  edit: Edit;
  /** Whether whoever planned it may set this presence by now. */
  mayStill: (planned: PlannedReturn) => boolean;
  onForbidden: (planned: PlannedReturn) => void;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}): () => void {
  /**
   * By the epoch of the board in which it was carried out, overtaken or refused: the board may show it for a moment more,
   * and an Asterisk that refused it since it was going down is listed anew.
   */
  const over = new WeakMap<Back, string>();
  const turns = createRecurring({ task: carryOut, elapsed: clock.elapsed });

  function open(): readonly PlannedReturn[] {
    const { epoch, rows } = board.current();
    return plannedReturns(rows.values()).filter(({ back }) => over.get(back) !== epoch);
  }

  function untilNext(): number {
    const [next] = open();
    const wait = next === undefined ? LOOK_EVERY_MS : next.back.at - clock.now();
    return Math.max(0, Math.min(wait, LOOK_EVERY_MS));
  }

  async function carryOut(): Promise<number> {
    if (!isLive()) return LOOK_EVERY_MS;
    const done = await Promise.all(dueReturns(open(), clock.now()).map(carryOutOne));
    return done.every((isDone) => isDone) ? untilNext() : Math.max(RETRY_MS, untilNext());
  }

  /** False where it has to be tried again. */
  async function carryOutOne(planned: PlannedReturn): Promise<boolean> {
    try {
      if (mayStill(planned)) return await setNext(planned);
      onForbidden(planned);
      return true;
    } catch (error) {
      const { id } = planned;
      log.warn(
        { extension: id, error: error instanceof Error ? error.name : 'unknown' },
        'a return time failed',
      );
      return false;
    }
  }

  async function setNext({ id, presence, back, next, by, accountId }: PlannedReturn): Promise<boolean> {
    const wanted = { state: next, subtype: '', message: '' };
    const { epoch } = board.current();
    const reply = await edit(
      { id, presence: wanted, base: presence },
      { kind: 'return-time', name: by, accountId },
    );
    const mayHelp = !reply.ok && (reply.code === 'timeout' || reply.code === 'link-down');
    if (!mayHelp) over.set(back, epoch);
    if (!reply.ok && reply.code !== 'conflict')
      log.warn({ extension: id, code: reply.code }, 'a return time could not be carried out yet');
    return !mayHelp;
  }

  const look = () => turns.within(untilNext());
  board.subscribe({
    onFrame: ({ changes }) => {
      if (changes.some(({ kind }) => kind === 'presence' || kind === 'put')) look();
    },
    onSnapshot: look,
  });
  look();
  return () => turns.cancel();
}
