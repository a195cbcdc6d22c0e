import type { ExtensionRow, Frame, SetPresence, Snapshot } from '@lampboard/protocol';
import { type Live, createLive } from './create-live.ts';
import type { FrameTimers } from './once-a-frame.ts';
import type { Transport, TransportEvents } from './transport.ts';

/** A row as the gateway would send it; for tests. */
export function rowOf(exten: string, more: Partial<ExtensionRow> = {}): ExtensionRow {
  return {
    id: `${exten}@default`,
    exten,
    context: 'default',
    person: { name: `Name ${exten}`, department: '', email: '', mobile: '' },
    lamp: 'idle',
    lampSince: null,
    provider: `CustomPresence:${exten}`,
    presence: { state: 'available', subtype: '', message: '' },
    presenceSince: null,
    ...more,
  };
}

/** A snapshot as the gateway would send it; for tests. */
export function snapshotWith(rows: readonly ExtensionRow[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    epoch: 'e1',
    seq: 0,
    time: 0,
    pbx: { version: '22.10', demo: false },
    link: { state: 'live', since: 0 },
    rows: [...rows],
    ...more,
  };
}

/** Timers and animation frames that pass when a test says so. */
export class ManualTimers implements FrameTimers {
  now = 0;
  #next = 1;
  readonly #due = new Map<number, { at: number; run: () => void }>();
  readonly #frames = new Map<number, () => void>();

  requestFrame = (run: () => void) => {
    this.#frames.set(this.#next, run);
    return this.#next++;
  };
  cancelFrame = (handle: number) => void this.#frames.delete(handle);
  setTimer = (run: () => void, ms: number) => {
    this.#due.set(this.#next, { at: this.now + ms, run });
    return this.#next++;
  };
  clearTimer = (handle: number) => void this.#due.delete(handle);

  frame(): void {
    const frames = [...this.#frames.values()];
    this.#frames.clear();
    for (const run of frames) run();
  }

  /** Lets time pass, without any animation frame, as in a hidden tab. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const [first] = [...this.#due]
        .filter(([, { at }]) => at <= end)
        .toSorted(([, a], [, b]) => a.at - b.at);
      if (first === undefined) break;
      this.#due.delete(first[0]);
      this.now = first[1].at;
      first[1].run();
    }
    this.now = end;
  }
}

export interface FakeLive {
  readonly live: Live;
  readonly timers: ManualTimers;
  /** What the page did with the wire: `connect`, `close`, and what it sent. */
  readonly log: readonly string[];
  readonly asked: readonly SetPresence[];
  /** Answers the oldest command that waits. */
  answer: (reply: unknown) => void;
  /** The connection breaks, or the attempt fails. */
  breakOff: () => void;
  /** The connection opens, and the snapshot comes. */
  open: (snapshot: unknown) => void;
  heard: () => void;
  snapshot: (snapshot: unknown) => void;
  frame: (frame: Frame | object) => void;
}

/** The real live board on a wire that a test holds in its hands. */
export function createFakeLive({ random = () => 1 }: { random?: () => number } = {}): FakeLive {
  const timers = new ManualTimers();
  const log: string[] = [];
  const asked: SetPresence[] = [];
  const waiting: { resolve: (reply: unknown) => void; reject: (error: Error) => void }[] = [];
  let connected = false;
  let events: TransportEvents | null = null;

  const drop = () => {
    connected = false;
    for (const { reject } of waiting.splice(0)) reject(new Error('socket has been disconnected'));
  };
  const transport: Transport = {
    connected: () => connected,
    connect: () => {
      drop();
      log.push('connect');
    },
    close: () => {
      drop();
      log.push('close');
    },
    send: (event) => void log.push(event),
    ask: (command) => {
      asked.push(command);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
      });
    },
  };
  const live = createLive({
    createTransport: (given) => {
      events = given;
      return transport;
    },
    timers,
    now: () => timers.now,
    random,
  });

  return {
    live,
    timers,
    log,
    asked,
    answer: (reply) => waiting.shift()?.resolve(reply),
    breakOff: () => {
      drop();
      events?.onClosed();
    },
    open: (snapshot) => {
      connected = true;
      events?.onOpen();
      events?.onSnapshot(snapshot);
    },
    heard: () => events?.onHeard(),
    snapshot: (snapshot) => events?.onSnapshot(snapshot),
    frame: (frame) => events?.onFrame(frame),
  };
}
