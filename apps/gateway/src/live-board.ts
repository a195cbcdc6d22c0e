import { randomUUID } from 'node:crypto';
import { type Board, type Fact, reduce, snapshotOf } from '@lampboard/board';
import { type Frame, type LinkStatus, type PbxInfo, type Snapshot, samePresence } from '@lampboard/protocol';

/** At most so many milliseconds lie between two frames while much is changing; a change after a pause leaves at once. */
const FRAME_MS = 16;

export interface LiveBoard {
  current(): Board;
  snapshot(): Snapshot;
  /** Adds facts; what they change goes out in one frame, at once or with the next. */
  observe(facts: readonly Fact[]): void;
  /** Begins a new epoch: the board is what these facts say and nothing else, and everyone gets it whole. */
  restart(pbx: PbxInfo, facts: readonly Fact[]): void;
}

/** The gateway's board: the one copy that all consoles follow. */
export function createLiveBoard({
  pbx,
  now,
  onFrame,
  onSnapshot,
}: {
  pbx: PbxInfo;
  now: () => number;
  onFrame: (frame: Frame) => void;
  onSnapshot: (snapshot: Snapshot) => void;
}): LiveBoard {
  const link: LinkStatus = { state: 'down', since: now(), reason: 'connecting' };
  let board: Board = { epoch: randomUUID(), seq: 0, pbx, link, rows: new Map() };
  let gathered: Fact[] = [];
  let scheduled = false;
  let flushedAt = 0;

  function flush(): void {
    scheduled = false;
    flushedAt = now();
    const facts = gathered;
    gathered = [];
    const next = reduce(board, facts, flushedAt);
    if (next.changes.length === 0) return;
    board = next.board;
    onFrame({ epoch: board.epoch, seq: board.seq, changes: next.changes });
  }

  return {
    current: () => board,
    snapshot: () => snapshotOf(board, now()),
    observe(facts) {
      gathered.push(...facts);
      if (scheduled) return;
      scheduled = true;
      const wait = flushedAt + FRAME_MS - now();
      if (wait > 0) setTimeout(flush, wait);
      else setImmediate(flush);
    },
    restart(pbx, facts) {
      gathered = [];
      const empty: Board = { epoch: randomUUID(), seq: 0, pbx, link: board.link, rows: new Map() };
      board = withKnownSince(reduce(empty, facts, now()).board, board);
      onSnapshot(snapshotOf(board, now()));
    },
  };
}

/** What a person says outlives an outage: where it is still the same, it has been so as long as was seen before. */
function withKnownSince(fresh: Board, before: Board): Board {
  const rows = [...fresh.rows.values()].map((row) => {
    const old = before.rows.get(row.id);
    const isSame = old !== undefined && samePresence(old.presence, row.presence);
    return isSame ? { ...row, presenceSince: old.presenceSince } : row;
  });
  return { ...fresh, rows: new Map(rows.map((row) => [row.id, row])) };
}
