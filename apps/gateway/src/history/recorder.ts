import { phoneLamp } from '@lampboard/model';
import {
  type Change,
  type Extension,
  type Delta,
  type HistoryEntry,
  type Lamp,
  type LinkStatus,
  type Snapshot,
  pbxIdOf,
} from '@lampboard/protocol';
import type { LiveBoard } from '../board/live-board.ts';
import type { HistoryStore, StoredSpan } from './history-store.ts';

/** Interval for extending the span while nothing changes. */
const HEARTBEAT_MS = 5000;
/** A longer time between two checks means that the machine slept, so the span ends. */
const MAX_GAP_MS = 10_000;

type PhoneState = Pick<Extension, 'lamp' | 'phone'>;
type State = Pick<HistoryEntry, 'lamp' | 'presence'>;
/** `until` of a span that is not stored yet. */
const NOT_WRITTEN = Number.NEGATIVE_INFINITY;
const ABSENT: State = { lamp: 'unknown', presence: null };

/** Buffers the board's changes until they are written; only the last of each extension. */
export type Recorder = ReturnType<typeof createRecorder>;

interface RecorderOptions {
  store: HistoryStore;
  board: Pick<LiveBoard, 'subscribe'>;
  /** PBXs of the board. */
  pbxIds: readonly string[];
  now: () => number;
  /** Runs a write; returns false if the store can't be written, so that the changes stay buffered. */
  attempt: (write: () => void) => boolean;
}

export function createRecorder({ store, board, pbxIds, now, attempt }: RecorderOptions) {
  const isOfBoard = (id: string) => pbxIds.includes(pbxIdOf(id, pbxIds));
  const last = store.last().filter(({ extension }) => isOfBoard(extension));
  const states = new Map<string, State>(last.map((entry) => [entry.extension, entry]));
  const phoneStates = new Map<string, PhoneState>();
  let pending = new Map<string, HistoryEntry>();
  /** The open span of each live PBX; null until one can be opened. */
  let spans = new Map<string, StoredSpan | null>();
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
    const presence = extension.presence?.state ?? null;
    recordState(timestamp, extension.id, { lamp: lampOf(extension), presence });
  }

  function recordChange(timestamp: number, change: Change): void {
    if (change.table === 'pbxs') {
      if (change.op === 'patch' && change.fields.link !== undefined)
        setLink(timestamp, change.id, change.fields.link);
      return;
    }
    if (change.table === 'calls') return;
    if (change.op === 'put') return recordExtension(timestamp, change.row);
    if (change.op === 'remove') return recordState(timestamp, change.id, ABSENT);
    const { id, fields } = change;
    if ('lamp' in fields || 'phone' in fields)
      recordPhone(timestamp, id, Object.assign({ lamp: 'unknown' }, phoneStates.get(id), fields));
    const presence = fields.presence?.state ?? null;
    if ('presence' in fields) recordState(timestamp, id, { lamp: 'unknown', ...states.get(id), presence });
  }

  function setLink(timestamp: number, pbx: string, { state }: Pick<LinkStatus, 'state'>): void {
    if (state === 'live') spans.set(pbx, spans.get(pbx) ?? null);
    else if (spans.has(pbx)) {
      put(timestamp);
      spans.delete(pbx);
    }
    checkContinuity(timestamp);
  }

  /** Opens a span for each live PBX that has none. */
  function checkContinuity(timestamp: number): void {
    const isInterrupted = timestamp < lastCheckAt || timestamp - lastCheckAt > MAX_GAP_MS;
    lastCheckAt = timestamp;
    for (const [pbx, span] of spans) {
      if (span === null || isInterrupted) spans.set(pbx, { pbx, since: timestamp, until: NOT_WRITTEN });
    }
  }

  const openSpans = () => [...spans.values()].filter((span) => span !== null);

  function write(timestamp: number): void {
    checkContinuity(timestamp);
    const isDue = openSpans().some(({ until }) => timestamp - until >= HEARTBEAT_MS);
    if (spans.size > 0 && (pending.size > 0 || isDue)) put(timestamp);
  }

  function put(timestamp: number): void {
    checkContinuity(timestamp);
    const extended = openSpans().map((span) => ({ ...span, until: timestamp }));
    if (extended.length === 0) return;
    const isWritten = attempt(() => store.write(pending, extended));
    // Later changes may be lost, so the spans end where they were last written.
    for (const span of extended) spans.set(span.pbx, isWritten ? span : null);
    if (isWritten) pending = new Map();
  }

  board.subscribe({
    onDelta({ changes }: Delta) {
      const timestamp = now();
      for (const change of changes) recordChange(timestamp, change);
    },
    onSnapshot({ extensions, pbxs }: Snapshot) {
      const timestamp = now();
      const links = new Map(pbxs.map(({ id, link }) => [id, link]));
      for (const id of new Set([...spans.keys(), ...links.keys()]))
        setLink(timestamp, id, links.get(id) ?? { state: 'down' });
      const missing = new Set(states.keys());
      for (const extension of extensions) {
        missing.delete(extension.id);
        recordExtension(timestamp, extension);
      }
      for (const id of missing) recordState(timestamp, id, ABSENT);
    },
  });

  return {
    /** To be called about every second. */
    write: () => write(now()),
    /** Returns the open spans as they were last written. */
    openSpans,
    /** Writes everything and ends the spans. */
    close() {
      put(now());
      spans = new Map();
    },
  };
}

/** Returns the state of the phone itself, as “do not disturb” in its hint is no call. */
const lampOf = (state: PhoneState): Lamp => phoneLamp(state) ?? state.lamp;
