import { randomUUID } from 'node:crypto';
import {
  type Attribute,
  type Board,
  type Fact,
  ON_THE_TELEPHONE,
  reduce,
  snapshotOf,
} from '@lampboard/board';
import {
  type ExtensionRow,
  type Frame,
  type LinkStatus,
  type PbxInfo,
  type Snapshot,
  samePresence,
} from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import { createFramePace } from './frame-pace.ts';

export interface BoardListener {
  readonly onFrame: (frame: Frame) => void;
  readonly onSnapshot: (snapshot: Snapshot) => void;
}

export interface LiveBoard {
  current(): Board;
  snapshot(): Snapshot;
  /** Adds facts; what they change goes out in one frame, at once or with the next. */
  observe(facts: readonly Fact[]): void;
  /** Begins a new epoch: the board is what these facts say and nothing else, and everyone gets it whole. */
  restart(pbx: PbxInfo, facts: readonly Fact[]): void;
  subscribe(listener: BoardListener): void;
}

/** The gateway's board: the one copy that all consoles follow. */
export function createLiveBoard({
  pbx,
  clock,
  attribute = () => null,
  onSent = () => {},
  known = new Map<string, ExtensionRow>(),
}: {
  pbx: PbxInfo;
  clock: Clock;
  attribute?: Attribute;
  /** A frame of so many changes was given to all listeners, so many milliseconds after the first fact in it came. */
  onSent?: (changes: number, ms: number) => void;
  /** What was last known of this PBX. */
  known?: Board['rows'];
}): LiveBoard {
  const listeners: BoardListener[] = [];
  const link: LinkStatus = { state: 'down', since: clock.now(), reason: 'connecting' };
  /** The board's, changed in place. */
  let rows = new Map(known);
  let board: Board = { epoch: randomUUID(), seq: 0, pbx, link, rows };
  let gathered: Fact[] = [];
  let scheduled = false;
  const pace = createFramePace({ elapsed: clock.elapsed });
  let firstAt = 0;

  function flush(): void {
    scheduled = false;
    const began = clock.elapsed();
    const facts = gathered;
    gathered = [];
    const next = reduce(board, facts, clock.now(), attribute, rows);
    if (next.changes.length === 0) return;
    board = next.board;
    const frame = { epoch: board.epoch, seq: board.seq, changes: next.changes };
    for (const { onFrame } of listeners) onFrame(frame);
    const ended = clock.elapsed();
    pace.left(ended - began);
    onSent(frame.changes.length, ended - firstAt);
  }

  function snapshot(): Snapshot {
    return snapshotOf(board, clock.now());
  }

  return {
    current: () => board,
    snapshot,
    observe(facts) {
      gathered.push(...facts);
      if (scheduled) return;
      scheduled = true;
      firstAt = clock.elapsed();
      const wait = pace.wait();
      if (wait > 0) setTimeout(flush, wait);
      else setImmediate(flush);
    },
    restart(pbx, facts) {
      gathered = [];
      const empty: Board = { epoch: randomUUID(), seq: 0, pbx, link: board.link, rows: new Map() };
      const fresh = reduce(empty, facts, clock.now(), attribute).board;
      rows = withKnownSince(fresh.rows, board.rows);
      board = { ...fresh, rows };
      const whole = snapshot();
      for (const { onSnapshot } of listeners) onSnapshot(whole);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}

/**
 * What a person says outlives an outage: where it is still the same, it has been so as long as was seen before, and by
 * whom. Where it is another one that nobody set through Lampboard, it was set on the telephone meanwhile.
 */
function withKnownSince(fresh: Board['rows'], before: Board['rows']): Map<string, ExtensionRow> {
  const rows = [...fresh.values()].map((row) => {
    const old = before.get(row.id);
    if (old === undefined) return row;
    if (!samePresence(old.presence, row.presence))
      return { ...row, presenceBy: row.presenceBy ?? ON_THE_TELEPHONE };
    return { ...row, presenceSince: old.presenceSince, presenceBy: old.presenceBy };
  });
  return new Map(rows.map((row) => [row.id, row]));
}
