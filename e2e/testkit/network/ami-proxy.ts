import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../processes/free-port.ts';

export type NetworkCondition =
  | { readonly kind: 'ok' }
  /** Limits bandwidth and delays each byte, in each direction. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number; readonly delayMs: number }
  /** Nothing passes, and connections stay open; `exemptsNewConnections` exempts connections made later. */
  | { readonly kind: 'blackhole'; readonly exemptsNewConnections: boolean };

export type AmiProxy = Awaited<ReturnType<typeof startAmiProxy>>;

type Packet =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly timestamp: number }
  | { readonly kind: 'end' | 'reset'; readonly timestamp: number };

interface Direction {
  /** Forwards what the condition permits. */
  flush(): void;
  /** Age of the oldest undelivered byte, in milliseconds. */
  oldestMs(): number;
  reset(): void;
}

const TICK_MS = 10;
const LAG_RETENTION_MS = 60_000;
const OK: NetworkCondition = { kind: 'ok' };

/** A proxy in front of an Asterisk that refuses connections while Asterisk does. */
export async function startAmiProxy({ amiPort }: { amiPort: number }) {
  const port = await freePort();
  let condition: NetworkCondition = OK;
  let isClosed = false;
  let blackholes = 0;
  let bytesPassed = 0;
  const directions = new Set<Direction>();
  let lags: { readonly timestamp: number; readonly ms: number }[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  const ticking = setInterval(() => {
    directions.forEach((direction) => direction.flush());
    if (condition.kind !== 'throttle') return;
    const timestamp = performance.now();
    const ms = Math.max(0, ...[...directions].map((direction) => direction.oldestMs()));
    lags = [
      ...lags.filter((maxLagMs) => maxLagMs.timestamp > timestamp - LAG_RETENTION_MS),
      { timestamp, ms },
    ];
  }, TICK_MS);

  function accept(client: Socket): void {
    const upstream = connect({ host: '127.0.0.1', port: amiPort, allowHalfOpen: true, noDelay: true });
    const blackholesBefore = blackholes;
    const conditionHere = (): NetworkCondition =>
      condition.kind === 'blackhole' && condition.exemptsNewConnections && blackholesBefore === blackholes
        ? OK
        : condition;
    const pair = [
      createDirection(client, upstream, conditionHere),
      createDirection(upstream, client, conditionHere),
    ];
    pair.forEach((direction) => directions.add(direction));
    let open = pair.length;
    for (const socket of [client, upstream]) {
      socket.on('data', (bytes) => {
        bytesPassed += bytes.length;
      });
      socket.once('close', () => {
        open -= 1;
        if (open === 0) pair.forEach((direction) => directions.delete(direction));
      });
    }
    upstream.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED') return;
      client.resetAndDestroy();
      if (server.listening) server.close(() => void listenAgain());
    });
  }

  async function listenAgain(): Promise<void> {
    while (!isClosed && !(await isListening(amiPort))) await delay(TICK_MS);
    if (!isClosed) server.listen(port, '127.0.0.1');
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    /** Bytes held by a blackhole are delivered when it ends, unless the sender has reset the connection. */
    setCondition(next: NetworkCondition) {
      condition = next;
      if (next.kind === 'blackhole') blackholes += 1;
    },
    /** Maximum transfer time of bytes since then on a throttled link, in milliseconds. */
    maxLagMs: (since: number) =>
      Math.max(0, ...lags.filter(({ timestamp }) => timestamp >= since).map(({ ms }) => ms)),
    /** Both ways. */
    bytesPassed: () => bytesPassed,
    /** Resets every connection. */
    drop: () => directions.forEach((direction) => direction.reset()),
    async stop() {
      isClosed = true;
      clearInterval(ticking);
      directions.forEach((direction) => direction.reset());
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function createDirection(from: Socket, to: Socket, condition: () => NetworkCondition): Direction {
  let queue: Packet[] = [];
  const send = (packet: Packet) => {
    queue.push(packet);
    if (condition().kind === 'ok') flush();
  };

  function flush(): void {
    const now = condition();
    if (now.kind === 'blackhole') return;
    let budget = now.kind === 'throttle' ? Math.ceil((now.bytesPerSecond * TICK_MS) / 1000) : Infinity;
    for (let packet = queue[0]; packet !== undefined && budget > 0; packet = queue[0]) {
      if (now.kind === 'throttle' && packet.timestamp + now.delayMs > performance.now()) return;
      queue.shift();
      if (packet.kind === 'end') to.end();
      if (packet.kind === 'reset') to.resetAndDestroy();
      if (packet.kind !== 'bytes') continue;
      const remainder = packet.bytes.subarray(budget);
      if (remainder.length > 0) queue.unshift({ ...packet, bytes: remainder });
      if (to.writable) to.write(packet.bytes.subarray(0, budget));
      budget -= packet.bytes.length;
    }
  }

  from.on('data', (bytes) => send({ kind: 'bytes', bytes, timestamp: performance.now() }));
  from.on('end', () => send({ kind: 'end', timestamp: performance.now() }));
  from.on('error', () => {
    // Undelivered bytes are not retransmitted after a reset.
    if (condition().kind === 'blackhole') queue = [];
    send({ kind: 'reset', timestamp: performance.now() });
  });
  return {
    flush,
    oldestMs: () => (queue[0] === undefined ? 0 : performance.now() - queue[0].timestamp),
    reset() {
      from.resetAndDestroy();
      to.resetAndDestroy();
    },
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host: '127.0.0.1' });
    probe.once('error', () => resolve(false));
    probe.once('connect', () => {
      resolve(true);
      probe.destroy();
    });
  });
}
