import type { Socket } from 'node:net';

/** Asterisk disconnects a session with more unread bytes of events; those in the kernel's buffer are not counted. */
const MAX_UNREAD_BYTES = 3_000_000;

/** Ordered output of one session, one write per turn of the event loop. */
export function createOutputBuffer(socket: Socket) {
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
    /** Responses and lists never disconnect the session. */
    response: push,
    /** Too many unread events disconnect the session, as in Asterisk. */
    event(bytes: string) {
      push(bytes);
      queuedEventBytes += bytes.length;
      if (queuedEventBytes + inFlightEventBytes > MAX_UNREAD_BYTES) socket.destroy();
    },
    /** While paused, output is queued. */
    setPaused(next: boolean) {
      paused = next;
      if (!paused) flush();
    },
    /** Flushes, then sends FIN. */
    end() {
      flush();
      socket.end();
    },
  };
}
