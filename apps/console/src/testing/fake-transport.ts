import type { Delta, SetPresence } from '@lampboard/protocol';
import type { CreateTransport, TransportEvents } from '../data/socket/transport.ts';

interface FakeWire {
  /** Calls by the page: `connect`, `close`, and the events it sent. */
  readonly log: readonly string[];
  readonly sentCommands: readonly SetPresence[];
  answer: (reply: unknown) => void;
  breakOff: () => void;
  open: (snapshot: unknown) => void;
  ping: () => void;
  snapshot: (snapshot: unknown) => void;
  delta: (delta: Delta | object) => void;
  me: (me: unknown) => void;
  sendSettings: (settings: unknown) => void;
}

export function createFakeTransport(): { createTransport: CreateTransport; wire: FakeWire } {
  const log: string[] = [];
  const sentCommands: SetPresence[] = [];
  const pendingReplies: { resolve: (reply: unknown) => void; reject: (error: Error) => void }[] = [];
  let connected = false;
  let events: TransportEvents | null = null;

  const drop = () => {
    connected = false;
    for (const { reject } of pendingReplies.splice(0)) reject(new Error('socket has been disconnected'));
  };
  const createTransport: CreateTransport = (handlers) => {
    events = handlers;
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
      request: (command) => {
        sentCommands.push(command);
        return new Promise((resolve, reject) => {
          pendingReplies.push({ resolve, reject });
        });
      },
    };
  };
  const wire: FakeWire = {
    log,
    sentCommands,
    answer: (reply) => pendingReplies.shift()?.resolve(reply),
    breakOff: () => {
      drop();
      events?.onClosed();
    },
    open: (snapshot) => {
      connected = true;
      events?.onOpen();
      events?.onSnapshot(snapshot);
    },
    ping: () => events?.onPing(),
    snapshot: (snapshot) => events?.onSnapshot(snapshot),
    delta: (delta) => events?.onDelta(delta),
    me: (me) => events?.onMe(me),
    sendSettings: (settings) => events?.onSettings(settings),
  };
  return { createTransport, wire };
}
