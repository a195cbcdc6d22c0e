import { phoneLamp } from '@lampboard/model';
import type { Change, Extension, Delta, HistoryEntry, Lamp, Snapshot } from '@lampboard/protocol';
import type { LiveBoard } from '../board/live-board.ts';
import type { HistoryStore, StoredSpan } from './history-store.ts';

/** While nothing changes, it is written down so often that Asterisk is still followed; milliseconds. */
const HEARTBEAT_MS = 5000;
/** Who was not looked after for so long, in milliseconds, slept: nobody knows what happened meanwhile. */
const MAX_GAP_MS = 10_000;

type PhoneState = Pick<Extension, 'lamp' | 'phone'>;
type State = Pick<HistoryEntry, 'lamp' | 'presence'>;
/** How far a span goes that is in no store yet. */
const NOT_WRITTEN = Number.NEGATIVE_INFINITY;
const ABSENT: State = { lamp: 'unknown', presence: null };

/** Follows the board, and keeps what differs from before until it is written down; of each extension only the last. */
export interface Recorder {
  /** To be called every second or so: writes down what was heard. */
  write(): void;
  /** The span that goes on, as it was written last; null while Asterisk is not followed. */
  span(): StoredSpan | null;
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
  const phoneStates = new Map<string, PhoneState>();
  let spanId = store.spans().at(-1)?.id ?? 0;
  let pending = new Map<string, HistoryEntry>();
  let isLive = false;
  let span: StoredSpan | null = null;
  let lastCheckAt = 0;

  function recordState(timestamp: number, id: string, { lamp, presence }: State): void {
    const before = states.get(id);
    if (before?.lamp === lamp && before.presence === presence) return;
    states.set(id, { lamp, presence });
    pending.set(id, { startedAt: timestamp, lamp, presence });
  }

  function recordPhone(timestamp: number, id: string, phoneState: PhoneState): void {
    phoneStates.set(id, phoneState);
    recordState(timestamp, id, { presence: null, ...states.get(id), lamp: lampOf(phoneState) });
  }

  function recordExtension(timestamp: number, extension: Extension): void {
    phoneStates.set(extension.id, extension);
    recordState(timestamp, extension.id, {
      lamp: lampOf(extension),
      presence: extension.presence?.state ?? null,
    });
  }

  function recordChange(timestamp: number, change: Change): void {
    switch (change.kind) {
      case 'put':
        return recordExtension(timestamp, change.extension);
      case 'remove':
        return recordState(timestamp, change.id, ABSENT);
      case 'lamp':
        return recordPhone(timestamp, change.id, { ...phoneStates.get(change.id), lamp: change.lamp });
      case 'phone':
        return recordPhone(timestamp, change.id, {
          lamp: 'unknown',
          ...phoneStates.get(change.id),
          phone: change.phone,
        });
      case 'presence':
        return recordState(timestamp, change.id, {
          lamp: 'unknown',
          ...states.get(change.id),
          presence: change.presence?.state ?? null,
        });
      case 'link':
        return setLive(timestamp, change.link.state === 'live');
      case 'person':
    }
  }

  function setLive(timestamp: number, live: boolean): void {
    if (isLive && !live) close(timestamp);
    isLive = live;
    checkContinuity(timestamp);
  }

  /** Begins a span where Asterisk is followed and none goes on. */
  function checkContinuity(timestamp: number): void {
    if (timestamp < lastCheckAt || timestamp - lastCheckAt > MAX_GAP_MS) span = null;
    lastCheckAt = timestamp;
    if (isLive && span === null) span = { id: ++spanId, since: timestamp, until: NOT_WRITTEN };
  }

  function write(timestamp: number): void {
    checkContinuity(timestamp);
    if (span !== null && (pending.size > 0 || timestamp - span.until >= HEARTBEAT_MS))
      put({ ...span, until: timestamp });
  }

  function put(next: StoredSpan): void {
    // What happens until it can be written again may be lost: the span ends where it was written last.
    const isWritten = attempt(() => store.write(pending, next));
    span = isWritten ? next : null;
    if (isWritten) pending = new Map();
  }

  function close(timestamp: number): void {
    checkContinuity(timestamp);
    if (span !== null) put({ ...span, until: timestamp });
    isLive = false;
    span = null;
  }

  board.subscribe({
    onDelta({ changes }: Delta) {
      const timestamp = now();
      for (const change of changes) recordChange(timestamp, change);
    },
    onSnapshot({ extensions, link }: Snapshot) {
      const timestamp = now();
      setLive(timestamp, link.state === 'live');
      const missing = new Set(states.keys());
      for (const extension of extensions) {
        missing.delete(extension.id);
        recordExtension(timestamp, extension);
      }
      for (const id of missing) recordState(timestamp, id, ABSENT);
    },
  });

  return { write: () => write(now()), span: () => span, close: () => close(now()) };
}

/** Of a telephone that is joined with other devices what it does itself: “do not disturb” is no call. */
function lampOf(phoneState: PhoneState): Lamp {
  return phoneLamp(phoneState) ?? phoneState.lamp;
}
