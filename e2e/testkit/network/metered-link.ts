import type { Socket } from 'node:net';
import { startTcpProxy } from './tcp-proxy.ts';

/** Bytes received, including headers. */
interface Received {
  readonly http: number;
  readonly webSocket: number;
}

/** A link between browsers and a gateway that counts bytes and limits bandwidth and latency. */
export type MeteredLink = Awaited<ReturnType<typeof startMeteredLink>>;

/** One direction of all connections together, in order. */
type Direction = (bytes: number, deliver: () => void) => void;

const CHUNK_BYTES = 4096;

/** Values are for each direction; by default it only counts. Connecting takes a round trip. */
export async function startMeteredLink(
  { url }: { url: string },
  { bitsPerSecond = Number.POSITIVE_INFINITY, delayMs = 0 } = {},
) {
  const received = { http: 0, webSocket: 0 };
  const up = createDirection({ bitsPerSecond, delayMs });
  const down = createDirection({ bitsPerSecond, delayMs });

  const { port, stop } = await startTcpProxy(Number(new URL(url).port), (client, upstream) => {
    let kind: keyof Received = 'http';
    client.once('data', (request) => {
      if (/^upgrade: websocket/im.test(request.toString('latin1'))) kind = 'webSocket';
    });
    client.pause();
    setTimeout(() => client.resume(), 2 * delayMs);
    forward(client, upstream, up);
    forward(upstream, client, down);
    upstream.on('data', ({ length }) => (received[kind] += length));
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    received: () => ({ ...received }),
    stop,
  };
}

function forward(from: Socket, to: Socket, direction: Direction): void {
  from.on('data', (bytes: Buffer) => {
    for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
      const chunk = bytes.subarray(offset, offset + CHUNK_BYTES);
      direction(chunk.length, () => to.writable && to.write(chunk));
    }
  });
  from.on('end', () => direction(0, () => to.end()));
  from.on('error', () => direction(0, () => to.destroy()));
}

function createDirection({ bitsPerSecond, delayMs }: { bitsPerSecond: number; delayMs: number }): Direction {
  let queue: { readonly dueAt: number; readonly deliver: () => void }[] = [];
  let freeAt = 0;
  let timer: NodeJS.Timeout | null = null;

  function deliver(): void {
    timer = null;
    const now = performance.now();
    const firstNotDue = queue.findIndex(({ dueAt }) => dueAt > now);
    const due = firstNotDue < 0 ? queue : queue.slice(0, firstNotDue);
    queue = firstNotDue < 0 ? [] : queue.slice(firstNotDue);
    for (const each of due) each.deliver();
    const [next] = queue;
    if (next !== undefined) timer = setTimeout(deliver, Math.max(1, next.dueAt - now));
  }

  return (bytes, run) => {
    freeAt = Math.max(freeAt, performance.now()) + (bytes * 8000) / bitsPerSecond;
    queue.push({ dueAt: freeAt + delayMs, deliver: run });
    timer ??= setTimeout(deliver, delayMs);
  };
}
