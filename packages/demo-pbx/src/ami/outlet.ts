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
 * An outlet to a socket. `limit` is the most bytes that may be waiting unread here; what the kernel buffers on top is
 * not counted.
 */
export function createOutlet({ socket, limit }: { socket: Socket; limit: number }): Outlet {
  let waiting: string[] = [];
  let size = 0;
  let scheduled = false;
  let frozen = false;

  function flush(): void {
    scheduled = false;
    if (frozen || waiting.length === 0 || socket.destroyed) return;
    const bytes = waiting.join('');
    waiting = [];
    size = 0;
    socket.write(bytes, 'latin1');
  }

  function push(bytes: string): void {
    if (socket.destroyed) return;
    waiting.push(bytes);
    size += bytes.length;
    if (scheduled || frozen) return;
    scheduled = true;
    queueMicrotask(flush);
  }

  return {
    answer: push,
    event(bytes) {
      push(bytes);
      if (size + socket.writableLength > limit) socket.destroy();
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
