import type { CreateTransport, TransportEvents } from '../data/socket/transport.ts';

export function createFakeTransport() {
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
  const wire = {
    /** Calls by the page: `connect`, `close`, and the events it sent. */
    log,
    breakOff: () => {
      connected = false;
      events?.onClosed();
    },
    open: (snapshot: unknown) => {
      connected = true;
      events?.onOpen();
      events?.onSnapshot(snapshot);
    },
    ping: () => events?.onPing(),
    snapshot: (snapshot: unknown) => events?.onSnapshot(snapshot),
    delta: (delta: object) => events?.onDelta(delta),
    me: (me: unknown) => events?.onMe(me),
    sendSettings: (settings: unknown) => events?.onSettings(settings),
  };
  return { createTransport, wire };
}
