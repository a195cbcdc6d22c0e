import type { Socket } from 'node:net';

/** Ordered output of one session, one write per turn of the event loop. */
interface OutputBuffer {
  /** Responses and lists never disconnect the session. */
  readonly response: (bytes: string) => void;
  /** Too many unread events disconnect the session, as in Asterisk. */
  event(bytes: string): void;
  /** While paused, output is queued. */
  setPaused(paused: boolean): void;
  /** Flushes, then sends FIN. */
  end(): void;
}

/** `maxUnreadBytes` limits events in this buffer; the kernel's buffer is not counted. */
export function createOutputBuffer({
  socket,
  maxUnreadBytes,
}: {
  socket: Socket;
  maxUnreadBytes: number;
}): OutputBuffer {
  let queue: string[] = [];
  /** Bytes of events in `queue`, and in the socket. */
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
