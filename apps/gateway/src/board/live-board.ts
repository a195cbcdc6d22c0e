import { randomUUID } from 'node:crypto';
import {
  type AttributionLookup,
  type Board,
  type Fact,
  SET_ON_PHONE,
  reduce,
  toSnapshot,
} from '@lampboard/model';
import {
  type Extension,
  type Delta,
  type LinkStatus,
  type PbxInfo,
  type Snapshot,
  samePresence,
} from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import { createFrameScheduler } from './frame-scheduler.ts';

export interface BoardListener {
  readonly onDelta: (delta: Delta) => void;
  readonly onSnapshot: (snapshot: Snapshot) => void;
}

export interface LiveBoard {
  current(): Board;
  snapshot(): Snapshot;
  /** Adds facts; what they change goes out in one frame, at once or with the next. */
  apply(facts: readonly Fact[]): void;
  /** Begins a new epoch: the board is what these facts say and nothing else, and everyone gets it whole. */
  reset(pbx: PbxInfo, facts: readonly Fact[]): void;
  subscribe(listener: BoardListener): void;
}

/** The gateway's board: the one copy that all consoles follow. */
export function createLiveBoard({
  pbx,
  clock,
  findAttribution = () => null,
  onSent = () => {},
  lastKnown = new Map<string, Extension>(),
}: {
  pbx: PbxInfo;
  clock: Clock;
  findAttribution?: AttributionLookup;
  /** A frame of so many changes was given to all listeners, so many milliseconds after the first fact in it came. */
  onSent?: (changes: number, ms: number) => void;
  /** What was last known of this PBX. */
  lastKnown?: Board['extensions'];
}): LiveBoard {
  const listeners: BoardListener[] = [];
  const link: LinkStatus = { state: 'down', since: clock.now(), reason: 'connecting' };
  /** The board's, changed in place. */
  let extensions = new Map(lastKnown);
  let board: Board = { epoch: randomUUID(), seq: 0, pbx, link, extensions };
  let pending: Fact[] = [];
  let scheduled = false;
  const scheduler = createFrameScheduler({ monotonic: clock.monotonic });
  let firstFactAt = 0;

  function flush(): void {
    scheduled = false;
    const startedAt = clock.monotonic();
    const facts = pending;
    pending = [];
    const next = reduce(board, facts, clock.now(), findAttribution, extensions);
    if (next.changes.length === 0) return;
    board = next.board;
    const delta = { epoch: board.epoch, seq: board.seq, changes: next.changes };
    for (const { onDelta } of listeners) onDelta(delta);
    const sentAt = clock.monotonic();
    scheduler.sent(sentAt - startedAt);
    onSent(delta.changes.length, sentAt - firstFactAt);
  }

  function snapshot(): Snapshot {
    return toSnapshot(board, clock.now());
  }

  return {
    current: () => board,
    snapshot,
    apply(facts) {
      pending.push(...facts);
      if (scheduled) return;
      scheduled = true;
      firstFactAt = clock.monotonic();
      const wait = scheduler.wait();
      if (wait > 0) setTimeout(flush, wait);
      else setImmediate(flush);
    },
    reset(pbx, facts) {
      pending = [];
      const empty: Board = { epoch: randomUUID(), seq: 0, pbx, link: board.link, extensions: new Map() };
      const fresh = reduce(empty, facts, clock.now(), findAttribution).board;
      extensions = carryOverSince(fresh.extensions, board.extensions);
      board = { ...fresh, extensions };
      const initial = snapshot();
      for (const { onSnapshot } of listeners) onSnapshot(initial);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}

/**
 * What a person says outlives an outage: where it is still the same, it has been so as long as was seen before, and by
 * whom. Where it is another one that nobody set through Lampboard, it was set on the telephone meanwhile.
 */
function carryOverSince(fresh: Board['extensions'], before: Board['extensions']): Map<string, Extension> {
  const extensions = [...fresh.values()].map((extension) => {
    const previous = before.get(extension.id);
    if (previous === undefined) return extension;
    if (!samePresence(previous.presence, extension.presence))
      return { ...extension, presenceSetBy: extension.presenceSetBy ?? SET_ON_PHONE };
    return { ...extension, presenceSetAt: previous.presenceSetAt, presenceSetBy: previous.presenceSetBy };
  });
  return new Map(extensions.map((extension) => [extension.id, extension]));
}
