import type { Socket } from 'node:net';

/** What goes out of one session, in order, one write a turn of the event loop. */
interface OutputBuffer {
  /** Answers and lists: never a reason to drop the session. */
  readonly response: (bytes: string) => void;
  /** Events: a session with too many of them unread is dropped, as Asterisk does. */
  event(bytes: string): void;
  /** While frozen nothing leaves; what gathers up goes out at the thaw. */
  setPaused(paused: boolean): void;
  /** Sends what is left, then FIN. */
  end(): void;
}

/**
 * An outlet to a socket. `limit` is the most bytes of events that may be waiting unread here; what the kernel buffers on
 * top is not counted.
 */
export function createOutputBuffer({
  socket,
  maxUnreadBytes,
}: {
  socket: Socket;
  maxUnreadBytes: number;
}): OutputBuffer {
  let queue: string[] = [];
  /** Bytes of events in `waiting`, and of those that the socket has not handed on yet. */
  let queuedEventBytes = 0;
  let inFlightEventBytes = 0;
  let flushScheduled = false;
  let paused = false;

  function flush(): void {
    flushScheduled = false;
    if (paused || queue.length === 0 || socket.destroyed) return;
    const bytes = queue.join('');
    const events = queuedEventBytes;
    queue = [];
    queuedEventBytes = 0;
    inFlightEventBytes += events;
    socket.write(bytes, 'latin1', () => {
      inFlightEventBytes -= events;
    });
  }

  function push(bytes: string): void {
    if (socket.destroyed) return;
    queue.push(bytes);
    if (flushScheduled || paused) return;
    flushScheduled = true;
    queueMicrotask(flush);
  }

  return {
    response: push,
    event(bytes) {
      push(bytes);
      queuedEventBytes += bytes.length;
      if (queuedEventBytes + inFlightEventBytes > maxUnreadBytes) socket.destroy();
    },
    setPaused(next) {
      paused = next;
      if (!paused) flush();
    },
    end() {
      flush();
      socket.end();
    },
  };
}
