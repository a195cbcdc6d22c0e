import type { AmiFailure } from '@lampboard/ami';
import type { Board } from '@lampboard/board';
import {
  type Author,
  BACK_AHEAD_MS,
  type Back,
  COMMAND_TIMEOUT_MS,
  type Failure,
  type ReadOnlyReason,
  type SetPresence,
  type SetPresenceReply,
  type SettablePresence,
  checkPresence,
  isWritableProvider,
  readOnlyReason,
  samePresence,
} from '@lampboard/protocol';
import type { Standstill } from './standstill.ts';
import type { StandingEdits } from './standing-edits.ts';
import type { PresenceStore } from '../pbx/presence-store.ts';
import type { Clock } from '../clock.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { refuse } from '../refuse.ts';

/** Not begun any more from `deadline` on, in milliseconds by the monotonic clock. */
export type Edit = (command: SetPresence, by: Author, deadline?: number) => Promise<SetPresenceReply>;

export const LINK_DOWN = refuse(
  'link-down',
  'There is no live link to Asterisk. Nothing was changed; your text is kept.',
);

const WRONG_TIME = refuse(
  'wrong-time',
  'The return time is past, or more than a year ahead. Nothing was changed; choose another one.',
);

const READ_ONLY: Readonly<Record<ReadOnlyReason, string>> = {
  'no-provider': 'names no presence provider',
  'other-provider': 'names a presence provider other than CustomPresence',
  'spaced-provider': 'has a space before CustomPresence, which Asterisk does not take for the provider',
  'unusable-name':
    'names a CustomPresence that can not be written, for its brackets, quotes, backslash or “&”, or since it is not UTF-8',
};

/** One edit whose turn has come. */
interface Task {
  readonly provider: string;
  readonly wanted: SettablePresence;
  readonly base: SetPresence['base'];
  readonly deadline: number;
  readonly cameAt: number;
  readonly by: Author;
  readonly back: Back | null;
}

const RETURN_TIME_NOT_KEPT = refuse(
  'store-unavailable',
  'Lampboard can’t keep a return time now: its store can’t be written. Nothing was changed; save without one, or try again.',
);

const UNCERTAIN =
  'It is not known whether Asterisk holds the change. Your text is kept: look at the board, then save again if need be.';

/**
 * Edits presence in Asterisk. `ok` is answered only once it was read back. Edits of one provider wait for each other,
 * so that of two at once the second meets the conflict; one that has waited for {@link COMMAND_TIMEOUT_MS} is not begun.
 */
export function createEdit({
  board,
  isLive,
  store,
  standingEdits,
  standstill,
  clock: { now, elapsed },
}: {
  board: () => Board;
  isLive: () => boolean;
  store: PresenceStore;
  standingEdits: Pick<StandingEdits, 'expect'>;
  standstill: Pick<Standstill, 'outdates'>;
  clock: Clock;
}): Edit {
  const inTurn = createKeyedQueue();

  return async ({ id, presence, base, back = null }, by, latest = Number.POSITIVE_INFINITY) => {
    if (!isLive()) return LINK_DOWN;
    const row = board().rows.get(id);
    if (row === undefined)
      return refuse('unknown-extension', `There is no extension ${id} any more. Nothing was changed.`);
    const { provider } = row;
    if (!isWritableProvider(provider)) {
      const why = READ_ONLY[readOnlyReason(provider) ?? 'no-provider'];
      return refuse(
        'no-presence',
        `The hint of ${id} ${why}, so its presence can't be set. Nothing was changed.`,
      );
    }
    // What nobody typed stays as it is, to the last byte, and is as long as it is.
    const isAsItWas = (field: 'subtype' | 'message') =>
      presence[field] === base[field] || store.hasBytesOf(provider, presence[field]);
    const isOld = { subtype: isAsItWas('subtype'), message: isAsItWas('message') };
    const typed = checkPresence({
      state: presence.state,
      subtype: isOld.subtype ? '' : presence.subtype,
      message: isOld.message ? '' : presence.message,
    });
    if (!typed.ok) return typed;
    if (back !== null && !isPossible(back, now())) return WRONG_TIME;
    const cameAt = elapsed();
    const deadline = Math.min(latest, cameAt + COMMAND_TIMEOUT_MS);
    const wanted = {
      state: typed.presence.state,
      subtype: isOld.subtype ? presence.subtype : typed.presence.subtype,
      message: isOld.message ? presence.message : typed.presence.message,
    };
    return answerInTime(
      inTurn(provider, () => write({ provider, wanted, base, cameAt, deadline, by, back })),
    );
  };

  async function write(task: Task): Promise<SetPresenceReply> {
    const { provider, wanted, base, by, back } = task;
    const before = await store.read(provider);
    if (!before.ok) return failed(before, 'Nothing was changed; your text is kept.');
    if (!samePresence(before.value, base)) {
      const message =
        'The presence was changed elsewhere meanwhile. Nothing was overwritten: choose which one counts.';
      return { ok: false, code: 'conflict', message, current: before.value };
    }
    if (!isLive()) return LINK_DOWN;
    if (elapsed() >= task.deadline || standstill.outdates(task.cameAt))
      return refuse('timeout', 'It took too long to be begun. Nothing was changed; your text is kept.');
    const withdraw = standingEdits.expect({ provider, presence: wanted, by, back });
    if (withdraw === null) return RETURN_TIME_NOT_KEPT;
    const written = await store.write(provider, wanted);
    if (!written.ok) {
      if (written.code === 'timeout' || written.code === 'connection-lost') return failed(written, UNCERTAIN);
      withdraw();
      const whole = checkPresence(wanted);
      return whole.ok ? failed(written, 'Nothing was changed; your text is kept.') : whole;
    }
    const after = await store.read(provider);
    if (!after.ok) return refuse('timeout', `Asterisk took the change and could not be read. ${UNCERTAIN}`);
    if (samePresence(after.value, wanted)) return { ok: true, presence: after.value };
    const message = 'Asterisk took the change, and at once another one replaced it: choose which one counts.';
    return { ok: false, code: 'overtaken', message, current: after.value };
  }
}

/** What undoing brings back may be past; nothing that is to follow by itself can be. */
function isPossible({ at, next }: Back, now: number): boolean {
  return at <= now + BACK_AHEAD_MS && (next === null ? at >= now - BACK_AHEAD_MS : at > now);
}

function failed({ code, message }: AmiFailure, consequence: string): Failure {
  switch (code) {
    case 'refused':
    case 'permission-denied':
    case 'invalid-action':
      return refuse('refused-by-asterisk', `Asterisk refused it: ${message}. ${consequence}`);
    case 'not-connected':
      return refuse('link-down', `The link to Asterisk is down. ${consequence}`);
    case 'timeout':
    case 'connection-lost':
      return refuse('timeout', `Asterisk did not answer. ${consequence}`);
  }
}

/** Answers after {@link COMMAND_TIMEOUT_MS} even where nobody does. */
export function answerInTime(done: Promise<SetPresenceReply>): Promise<SetPresenceReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => resolve(refuse('timeout', `Asterisk did not answer. ${UNCERTAIN}`)),
      COMMAND_TIMEOUT_MS,
    );
    void done.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
