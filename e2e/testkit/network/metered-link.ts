import type { Socket } from 'node:net';
import { startTcpProxy } from './tcp-proxy.ts';

/** A link between browsers and a gateway that counts bytes and limits bandwidth and latency. */
export type MeteredLink = Awaited<ReturnType<typeof startMeteredLink>>;

const CHUNK_BYTES = 4096;

/** Values are for each direction; by default it only counts. Connecting takes a round trip. */
export async function startMeteredLink(
  { url }: { url: string },
  { bitsPerSecond = Number.POSITIVE_INFINITY, delayMs = 0 } = {},
) {
  /** Bytes, including headers. */
  const received = { http: 0, webSocket: 0 };
  const up = createDirection({ bitsPerSecond, delayMs });
  const down = createDirection({ bitsPerSecond, delayMs });

  const { port, stop } = await startTcpProxy(Number(new URL(url).port), (client, upstream) => {
    let kind: keyof typeof received = 'http';
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

function forward(from: Socket, to: Socket, direction: ReturnType<typeof createDirection>): void {
  from.on('data', (bytes: Buffer) => {
    for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
      const chunk = bytes.subarray(offset, offset + CHUNK_BYTES);
      direction(chunk.length, () => to.writable && to.write(chunk));
    }
  });
  from.on('end', () => direction(0, () => to.end()));
  from.on('error', () => direction(0, () => to.destroy()));
}

/** One direction of all connections together, in order. */
function createDirection({ bitsPerSecond, delayMs }: { bitsPerSecond: number; delayMs: number }) {
  let queue: { readonly dueAt: number; readonly run: () => void }[] = [];
  let freeAt = 0;
  let timer: NodeJS.Timeout | null = null;

  function deliver(): void {
    timer = null;
    const now = performance.now();
    const due = queue.filter(({ dueAt }) => dueAt <= now);
    queue = queue.slice(due.length);
    for (const { run } of due) run();
    const [next] = queue;
    if (next !== undefined) timer = setTimeout(deliver, Math.max(1, next.dueAt - now));
  }

  return (bytes: number, run: () => void) => {
    freeAt = Math.max(freeAt, performance.now()) + (bytes * 8000) / bitsPerSecond;
    queue.push({ dueAt: freeAt + delayMs, run });
    timer ??= setTimeout(deliver, delayMs);
  };
}
