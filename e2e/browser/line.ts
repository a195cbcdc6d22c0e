import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { freePort } from '../processes/free-port.ts';

/** Bytes that came down a line, headers and all. */
interface Received {
  readonly http: number;
  readonly webSocket: number;
}

/** The network between browsers and a gateway: it counts what passes, and is as thin and as long as wanted. */
export interface Line {
  readonly url: string;
  received(): Received;
  stop(): Promise<void>;
}

/** Whatever passes one way, on all connections together, and in its order. */
type Lane = (bytes: number, deliver: () => void) => void;

/** Bytes are sent on in pieces of so many at most. */
const PIECE_BYTES = 4096;

/** Without `bitsPerSecond` and `delayMs`, of each way, it only counts. A connection takes a round trip to be there. */
export async function startLine({
  to,
  bitsPerSecond = Number.POSITIVE_INFINITY,
  delayMs = 0,
}: {
  to: string;
  bitsPerSecond?: number;
  delayMs?: number;
}): Promise<Line> {
  const port = await freePort();
  const received = { http: 0, webSocket: 0 };
  const open = new Set<Socket>();
  const up = createLane({ bitsPerSecond, delayMs });
  const down = createLane({ bitsPerSecond, delayMs });

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({
      host: '127.0.0.1',
      port: Number(new URL(to).port),
      allowHalfOpen: true,
      noDelay: true,
    });
    let kind: keyof Received = 'http';
    near.once('data', (request) => {
      if (/^upgrade: websocket/im.test(request.toString('latin1'))) kind = 'webSocket';
    });
    near.pause();
    setTimeout(() => near.resume(), 2 * delayMs);
    pass(near, far, up);
    pass(far, near, down);
    far.on('data', ({ length }) => (received[kind] += length));
    for (const socket of [near, far]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}/`,
    received: () => ({ ...received }),
    async stop() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}

function pass(from: Socket, to: Socket, lane: Lane): void {
  from.on('data', (bytes: Buffer) => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      lane(piece.length, () => to.writable && to.write(piece));
    }
  });
  from.on('end', () => lane(0, () => to.end()));
  from.on('error', () => lane(0, () => to.destroy()));
}

function createLane({ bitsPerSecond, delayMs }: { bitsPerSecond: number; delayMs: number }): Lane {
  let waiting: { readonly at: number; readonly deliver: () => void }[] = [];
  let freeAt = 0;
  let timer: NodeJS.Timeout | null = null;

  function deliver(): void {
    timer = null;
    const now = performance.now();
    const late = waiting.findIndex(({ at }) => at > now);
    const due = late < 0 ? waiting : waiting.slice(0, late);
    waiting = late < 0 ? [] : waiting.slice(late);
    for (const each of due) each.deliver();
    const [next] = waiting;
    if (next !== undefined) timer = setTimeout(deliver, Math.max(1, next.at - now));
  }

  return (bytes, run) => {
    freeAt = Math.max(freeAt, performance.now()) + (bytes * 8000) / bitsPerSecond;
    waiting.push({ at: freeAt + delayMs, deliver: run });
    timer ??= setTimeout(deliver, delayMs);
  };
}
