import type { Socket } from 'node:net';

/** What goes out of one session, in order, one write a turn of the event loop. */
interface Outlet {
  /** Answers and lists: never a reason to drop the session. */
  readonly answer: (bytes: string) => void;
  /** Events: a session with too many of them unread is dropped, as Asterisk does. */
  event(bytes: string): void;
  /** While frozen nothing leaves; what gathers up goes out at the thaw. */
  freeze(frozen: boolean): void;
  /** Sends what is left, then FIN. */
  end(): void;
}

/**
 * An outlet to a socket. `limit` is the most bytes of events that may be waiting unread here; what the kernel buffers on
 * top is not counted.
 */
export function createOutlet({ socket, limit }: { socket: Socket; limit: number }): Outlet {
  let waiting: string[] = [];
  /** Bytes of events in `waiting`, and of those that the socket has not handed on yet. */
  let gathered = 0;
  let unread = 0;
  let scheduled = false;
  let frozen = false;

  function flush(): void {
    scheduled = false;
    if (frozen || waiting.length === 0 || socket.destroyed) return;
    const bytes = waiting.join('');
    const events = gathered;
    waiting = [];
    gathered = 0;
    unread += events;
    socket.write(bytes, 'latin1', () => {
      unread -= events;
    });
  }

  function push(bytes: string): void {
    if (socket.destroyed) return;
    waiting.push(bytes);
    if (scheduled || frozen) return;
    scheduled = true;
    queueMicrotask(flush);
  }

  return {
    answer: push,
    event(bytes) {
      push(bytes);
      gathered += bytes.length;
      if (gathered + unread > limit) socket.destroy();
    },
    freeze(next) {
      frozen = next;
      if (!frozen) flush();
    },
    end() {
      flush();
      socket.end();
    },
  };
}
