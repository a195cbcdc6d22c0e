import type { Frame, SetPresence } from '@lampboard/protocol';
import type { CreateTransport, TransportEvents } from '../transport.ts';

/** The other end of a wire that a test holds in its hands. */
export interface FakeWire {
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
  /** The gateway says who is signed in. */
  me: (me: unknown) => void;
  /** The gateway says what the account has made of its board. */
  tellOwn: (own: unknown) => void;
}

export function createFakeTransport(): { createTransport: CreateTransport; wire: FakeWire } {
  const log: string[] = [];
  const asked: SetPresence[] = [];
  const waiting: { resolve: (reply: unknown) => void; reject: (error: Error) => void }[] = [];
  let connected = false;
  let events: TransportEvents | null = null;

  const drop = () => {
    connected = false;
    for (const { reject } of waiting.splice(0)) reject(new Error('socket has been disconnected'));
  };
  const createTransport: CreateTransport = (given) => {
    events = given;
    return {
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
  };
  const wire: FakeWire = {
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
    me: (me) => events?.onMe(me),
    tellOwn: (own) => events?.onOwn(own),
  };
  return { createTransport, wire };
}
