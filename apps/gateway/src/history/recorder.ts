import { phoneLamp } from '@lampboard/board';
import type { Change, ExtensionRow, Frame, HistoryEntry, Lamp, Snapshot } from '@lampboard/protocol';
import type { LiveBoard } from '../pbx/live-board.ts';
import type { HistoryStore, KeptSpan } from './history-store.ts';

/** While nothing changes, it is written down so often that Asterisk is still followed; milliseconds. */
const HEARTBEAT_MS = 5000;
/** Who was not looked after for so long, in milliseconds, slept: nobody knows what happened meanwhile. */
const SLEPT_MS = 10_000;

type Telephone = Pick<ExtensionRow, 'lamp' | 'phone'>;
type State = Pick<HistoryEntry, 'lamp' | 'presence'>;
/** How far a span goes that is in no store yet. */
const NOT_WRITTEN = Number.NEGATIVE_INFINITY;
const GONE: State = { lamp: 'unknown', presence: null };

/** Follows the board, and keeps what differs from before until it is written down; of each extension only the last. */
export interface Recorder {
  /** To be called every second or so: writes down what was heard. */
  write(): void;
  /** The span that goes on, as it was written last; null while Asterisk is not followed. */
  span(): KeptSpan | null;
  /** Ends the span, and writes it all down. */
  close(): void;
}

export function createRecorder({
  store,
  board,
  now,
  attempt,
}: {
  store: HistoryStore;
  board: Pick<LiveBoard, 'subscribe'>;
  now: () => number;
  /** Runs what writes to the store; false where it can't be written: what was heard is kept for the next time. */
  attempt: (write: () => void) => boolean;
}): Recorder {
  const states = new Map<string, State>(store.last().map((entry) => [entry.extension, entry]));
  const telephones = new Map<string, Telephone>();
  let spanId = store.spans().at(-1)?.id ?? 0;
  let gathered = new Map<string, HistoryEntry>();
  let isLive = false;
  let span: KeptSpan | null = null;
  let lookedAt = 0;

  function hear(at: number, id: string, { lamp, presence }: State): void {
    const before = states.get(id);
    if (before?.lamp === lamp && before.presence === presence) return;
    states.set(id, { lamp, presence });
    gathered.set(id, { at, lamp, presence });
  }

  function hearTelephone(at: number, id: string, telephone: Telephone): void {
    telephones.set(id, telephone);
    hear(at, id, { presence: null, ...states.get(id), lamp: lampOf(telephone) });
  }

  function hearRow(at: number, row: ExtensionRow): void {
    telephones.set(row.id, row);
    hear(at, row.id, { lamp: lampOf(row), presence: row.presence?.state ?? null });
  }

  function hearChange(at: number, change: Change): void {
    switch (change.kind) {
      case 'put':
        return hearRow(at, change.row);
      case 'remove':
        return hear(at, change.id, GONE);
      case 'lamp':
        return hearTelephone(at, change.id, { ...telephones.get(change.id), lamp: change.lamp });
      case 'phone':
        return hearTelephone(at, change.id, {
          lamp: 'unknown',
          ...telephones.get(change.id),
          phone: change.phone,
        });
      case 'presence':
        return hear(at, change.id, {
          lamp: 'unknown',
          ...states.get(change.id),
          presence: change.presence?.state ?? null,
        });
      case 'link':
        return followLink(at, change.link.state === 'live');
      case 'person':
    }
  }

  function followLink(at: number, live: boolean): void {
    if (isLive && !live) close(at);
    isLive = live;
    look(at);
  }

  /** Begins a span where Asterisk is followed and none goes on. */
  function look(at: number): void {
    if (at < lookedAt || at - lookedAt > SLEPT_MS) span = null;
    lookedAt = at;
    if (isLive && span === null) span = { id: ++spanId, since: at, until: NOT_WRITTEN };
  }

  function write(at: number): void {
    look(at);
    if (span !== null && (gathered.size > 0 || at - span.until >= HEARTBEAT_MS)) put({ ...span, until: at });
  }

  function put(next: KeptSpan): void {
    // What happens until it can be written again may be lost: the span ends where it was written last.
    const isWritten = attempt(() => store.write(gathered, next));
    span = isWritten ? next : null;
    if (isWritten) gathered = new Map();
  }

  function close(at: number): void {
    look(at);
    if (span !== null) put({ ...span, until: at });
    isLive = false;
    span = null;
  }

  board.subscribe({
    onFrame({ changes }: Frame) {
      const at = now();
      for (const change of changes) hearChange(at, change);
    },
    onSnapshot({ rows, link }: Snapshot) {
      const at = now();
      followLink(at, link.state === 'live');
      const gone = new Set(states.keys());
      for (const row of rows) {
        gone.delete(row.id);
        hearRow(at, row);
      }
      for (const id of gone) hear(at, id, GONE);
    },
  });

  return { write: () => write(now()), span: () => span, close: () => close(now()) };
}

/** Of a telephone that is joined with other devices what it does itself: “do not disturb” is no call. */
function lampOf(telephone: Telephone): Lamp {
  return phoneLamp(telephone) ?? telephone.lamp;
}
