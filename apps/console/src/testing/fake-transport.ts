import type { Delta } from '@lampboard/protocol';
import type { CreateTransport, TransportEvents } from '../data/socket/transport.ts';

interface FakeWire {
  /** Calls by the page: `connect`, `close`, and the events it sent. */
  readonly log: readonly string[];
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
  let connected = false;
  let events: TransportEvents | null = null;

  const createTransport: CreateTransport = (handlers) => {
    events = handlers;
    return {
      connected: () => connected,
      connect: () => {
        connected = false;
        log.push('connect');
      },
      close: () => {
        connected = false;
        log.push('close');
      },
      send: (event) => void log.push(event),
    };
  };
  const wire: FakeWire = {
    log,
    breakOff: () => {
      connected = false;
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
