import { type Board, changedId } from '@lampboard/model';
import {
  type Change,
  type Extension,
  type Presence,
  type SetPresenceReply,
  isWritableProvider,
  samePresence,
} from '@lampboard/protocol';
import type { BoardListener } from '../board/live-board.ts';
import { errorName } from '../platform/failure.ts';
import type { Logger } from '../platform/log.ts';
import type { DndStore, FollowedDnd } from './dnd-store.ts';
import type { EditPresence } from './set-presence.ts';

/** “Do not disturb” on the phone is set there, and so is the presence that follows it. */
const ACTOR = { kind: 'phone' } as const;
/** States in which nobody has said anything else. */
const FOLLOWED_STATES: ReadonlySet<Presence['state']> = new Set(['available', 'not_set']);

interface DndFollowerOptions {
  board: { current(): Board; subscribe(listener: BoardListener): void };
  /** True while the PBX of this extension is live. */
  isLive: (id: string) => boolean;
  edit: EditPresence;
  store: DndStore;
  log: Pick<Logger, 'warn'>;
}

/**
 * Sets the presence `dnd` while a phone is on “do not disturb”, and what was there before afterwards: once for each time
 * that it is switched on or off. Only Available is replaced, with its texts kept. What has been set since then stays.
 */
export function startDndFollower({ board, isLive, edit, store, log }: DndFollowerOptions): void {
  const followed = new Map<string, FollowedDnd>(store.list());
  const running = new Set<string>();

  function check(id: string): void {
    const extension = board.current().extensions.get(id);
    if (extension === undefined || running.has(id) || !isLive(id)) return;
    followRenamed(extension);
    const isOn = extension.phone?.dnd === true;
    const current = followed.get(id);
    const isSettled = isOn ? current?.isDone === true : current === undefined;
    if (isSettled) return;
    void run(id, async () => (isOn ? follow(extension, current) : release(extension, current)));
  }

  /** Runs one change of an extension at a time, then checks what has changed meanwhile. */
  async function run(id: string, change: () => Promise<boolean>): Promise<void> {
    running.add(id);
    const isDone = await change().catch((error: unknown) => {
      log.warn({ extension: id, error: errorName(error) }, 'presence could not follow do not disturb');
      return false;
    });
    running.delete(id);
    if (isDone) check(id);
  }

  function save(id: string, state: FollowedDnd | null): void {
    if (state === null) followed.delete(id);
    else followed.set(id, state);
    store.save(id, state);
  }

  /** An extension that was followed when another of its numbers was its id is followed on. */
  function followRenamed({ id, aliases = [] }: Extension): void {
    const previousId = aliases.find((alias) => followed.has(alias));
    if (previousId === undefined) return;
    save(id, followed.get(id) ?? followed.get(previousId) ?? null);
    save(previousId, null);
  }

  /** Resolves to false if it is to be tried again once the link is back. */
  async function follow(extension: Extension, interrupted: FollowedDnd | undefined): Promise<boolean> {
    const { id, presence, returnTime, provider } = extension;
    const isFree = presence !== null && FOLLOWED_STATES.has(presence.state) && returnTime === null;
    const isUnchanged =
      interrupted === undefined ||
      samePresence(interrupted.before, presence) ||
      (interrupted.before !== null && samePresence(restoredOf(interrupted.before), presence));
    if (!isFree || !isUnchanged || !isWritableProvider(provider)) {
      save(id, { before: interrupted?.before ?? null, isDone: true });
      return true;
    }
    save(id, { before: presence, isDone: false });
    const reply = await edit({ id, presence: dndOf(presence), base: presence }, ACTOR);
    if (isRetried(reply)) return false;
    const isPossiblySet = reply.ok || reply.code === 'timeout';
    save(id, { before: isPossiblySet ? presence : null, isDone: true });
    return true;
  }

  async function release(extension: Extension, current: FollowedDnd | undefined): Promise<boolean> {
    const { id, presence, presenceSetBy, returnTime } = extension;
    const before = current?.before ?? null;
    const isOurs =
      before !== null &&
      samePresence(presence, dndOf(before)) &&
      (presenceSetBy === null || presenceSetBy.kind === 'phone') &&
      returnTime === null;
    if (isOurs) {
      save(id, { before, isDone: false });
      const reply = await edit({ id, presence: restoredOf(before), base: dndOf(before) }, ACTOR);
      if (isRetried(reply)) return false;
    }
    save(id, null);
    return true;
  }

  const checkAll = () => {
    for (const id of board.current().extensions.keys()) check(id);
  };
  board.subscribe({
    onDelta({ changes }) {
      for (const change of changes) if (isPhoneChange(change)) check(changedId(change));
      if (changes.some(({ table }) => table === 'pbxs')) checkAll();
    },
    onSnapshot: checkAll,
  });
  checkAll();
}

const dndOf = (presence: Presence): Presence => ({ ...presence, state: 'dnd' });

/** Returns the presence afterwards: nobody can set `not_set`. */
const restoredOf = (before: Presence): Presence =>
  before.state === 'not_set' ? { ...before, state: 'available' } : before;

const isRetried = (reply: SetPresenceReply) => !reply.ok && reply.code === 'link-down';

const isPhoneChange = (change: Change): boolean =>
  change.table === 'extensions' &&
  (change.op === 'put' || (change.op === 'patch' && 'phone' in change.fields));
