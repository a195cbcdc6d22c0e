import type { Socket } from 'node:net';
import { startTcpProxy } from './tcp-proxy.ts';

type NetworkCondition =
  | { readonly kind: 'ok' }
  /** Limits bandwidth and delays each byte, in each direction. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number; readonly delayMs: number }
  /** Nothing passes, and connections stay open; `exemptsNewConnections` exempts connections made later. */
  | { readonly kind: 'blackhole'; readonly exemptsNewConnections: boolean };

export type AmiProxy = Awaited<ReturnType<typeof startAmiProxy>>;

type Packet =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly timestamp: number }
  | { readonly kind: 'end' | 'reset'; readonly timestamp: number };

const TICK_MS = 10;
const LAG_RETENTION_MS = 60_000;
const OK: NetworkCondition = { kind: 'ok' };

/** A proxy in front of an Asterisk that refuses connections while Asterisk does. */
export async function startAmiProxy({ amiPort }: { amiPort: number }) {
  let condition = OK;
  let blackholes = 0;
  let bytesPassed = 0;
  const directions = new Set<ReturnType<typeof createDirection>>();
  let lags: { readonly timestamp: number; readonly ms: number }[] = [];

  const proxy = await startTcpProxy(amiPort, (client, upstream) => {
    const blackholesBefore = blackholes;
    const conditionHere = () =>
      condition.kind === 'blackhole' && condition.exemptsNewConnections && blackholesBefore === blackholes
        ? OK
        : condition;
    const pair = [
      createDirection(client, upstream, conditionHere),
      createDirection(upstream, client, conditionHere),
    ];
    pair.forEach((direction) => directions.add(direction));
    for (const socket of [client, upstream]) {
      socket.on('data', ({ length }) => (bytesPassed += length));
      socket.once('close', () => {
        if (client.closed && upstream.closed) pair.forEach((direction) => directions.delete(direction));
      });
    }
  });
  const ticking = setInterval(() => {
    directions.forEach((direction) => direction.flush());
    if (condition.kind !== 'throttle') return;
    const timestamp = performance.now();
    const ms = Math.max(0, ...[...directions].map((direction) => direction.oldestMs()));
    lags = [...lags.filter((lag) => lag.timestamp > timestamp - LAG_RETENTION_MS), { timestamp, ms }];
  }, TICK_MS);

  return {
    port: proxy.port,
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
    drop: proxy.drop,
    async stop() {
      clearInterval(ticking);
      await proxy.stop();
    },
  };
}

function createDirection(from: Socket, to: Socket, condition: () => NetworkCondition) {
  let queue: Packet[] = [];
  const send = (packet: Packet) => {
    queue.push(packet);
    if (condition().kind === 'ok') flush();
  };

  /** Forwards what the condition permits. */
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
    /** Age of the oldest undelivered byte, in milliseconds. */
    oldestMs: () => (queue[0] === undefined ? 0 : performance.now() - queue[0].timestamp),
  };
}
