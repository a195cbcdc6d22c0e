import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../processes/free-port.ts';

/** The network between gateway and Asterisk. */
export type Weather =
  | { readonly kind: 'fair' }
  /** In each direction so many bytes a second pass, and each arrives so many milliseconds later. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number; readonly delayMs: number }
  /** Nothing passes, and nobody is told: on the connections that there are or, unless it spares them, on new ones too. */
  | { readonly kind: 'hole'; readonly sparesNew: boolean };

export interface AmiProxy {
  readonly port: number;
  /** What a hole held is delivered when it closes, unless its sender has given the connection up by a reset. */
  change(weather: Weather): void;
  /** How long at most a byte that arrived since then was on its way on a slow link, in milliseconds. */
  lag(since: number): number;
  /** Bytes passed on so far, both ways. */
  bytesPassed(): number;
  /** Resets every connection. */
  drop(): void;
  close(): Promise<void>;
}

type Packet =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly at: number }
  | { readonly kind: 'end' | 'reset'; readonly at: number };

/** One direction of a connection. */
interface Lane {
  /** Passes on what the weather lets pass. */
  flow(): void;
  /** How long the oldest byte that has not arrived yet has been on its way, in milliseconds. */
  oldestMs(): number;
  reset(): void;
}

const TICK_MS = 10;
/** Lags are remembered for so many milliseconds. */
const REMEMBERED_MS = 60_000;
const FAIR: Weather = { kind: 'fair' };

/** Stands in for the network in front of an Asterisk; refuses connections while Asterisk does. */
export async function startAmiProxy({ amiPort }: { amiPort: number }): Promise<AmiProxy> {
  const port = await freePort();
  let weather: Weather = FAIR;
  let isClosed = false;
  let holes = 0;
  let bytesPassed = 0;
  const lanes = new Set<Lane>();
  let lags: { readonly at: number; readonly ms: number }[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, take);
  const ticking = setInterval(() => {
    lanes.forEach((lane) => lane.flow());
    if (weather.kind !== 'slow') return;
    const at = performance.now();
    const ms = Math.max(0, ...[...lanes].map((lane) => lane.oldestMs()));
    lags = [...lags.filter((lag) => lag.at > at - REMEMBERED_MS), { at, ms }];
  }, TICK_MS);

  function take(near: Socket): void {
    const far = connect({ host: '127.0.0.1', port: amiPort, allowHalfOpen: true, noDelay: true });
    const born = holes;
    const weatherHere = (): Weather =>
      weather.kind === 'hole' && weather.sparesNew && born === holes ? FAIR : weather;
    const pair = [createLane(near, far, weatherHere), createLane(far, near, weatherHere)];
    pair.forEach((lane) => lanes.add(lane));
    let open = pair.length;
    for (const socket of [near, far]) {
      socket.on('data', (bytes) => {
        bytesPassed += bytes.length;
      });
      socket.once('close', () => {
        open -= 1;
        if (open === 0) pair.forEach((lane) => lanes.delete(lane));
      });
    }
    far.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED') return;
      near.resetAndDestroy();
      if (server.listening) server.close(() => void listenAgain());
    });
  }

  async function listenAgain(): Promise<void> {
    while (!isClosed && !(await answers(amiPort))) await delay(TICK_MS);
    if (!isClosed) server.listen(port, '127.0.0.1');
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    change(next) {
      weather = next;
      if (next.kind === 'hole') holes += 1;
    },
    lag: (since) => Math.max(0, ...lags.filter(({ at }) => at >= since).map(({ ms }) => ms)),
    bytesPassed: () => bytesPassed,
    drop: () => lanes.forEach((lane) => lane.reset()),
    async close() {
      isClosed = true;
      clearInterval(ticking);
      lanes.forEach((lane) => lane.reset());
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function createLane(from: Socket, to: Socket, weather: () => Weather): Lane {
  let queue: Packet[] = [];
  const send = (packet: Packet) => {
    queue.push(packet);
    if (weather().kind === 'fair') flow();
  };

  function flow(): void {
    const now = weather();
    if (now.kind === 'hole') return;
    let budget = now.kind === 'slow' ? Math.ceil((now.bytesPerSecond * TICK_MS) / 1000) : Infinity;
    for (let packet = queue[0]; packet !== undefined && budget > 0; packet = queue[0]) {
      if (now.kind === 'slow' && packet.at + now.delayMs > performance.now()) return;
      queue.shift();
      if (packet.kind === 'end') to.end();
      if (packet.kind === 'reset') to.resetAndDestroy();
      if (packet.kind !== 'bytes') continue;
      const rest = packet.bytes.subarray(budget);
      if (rest.length > 0) queue.unshift({ ...packet, bytes: rest });
      if (to.writable) to.write(packet.bytes.subarray(0, budget));
      budget -= packet.bytes.length;
    }
  }

  from.on('data', (bytes) => send({ kind: 'bytes', bytes, at: performance.now() }));
  from.on('end', () => send({ kind: 'end', at: performance.now() }));
  from.on('error', () => {
    // What a hole held was never delivered, and nobody sends it again.
    if (weather().kind === 'hole') queue = [];
    send({ kind: 'reset', at: performance.now() });
  });
  return {
    flow,
    oldestMs: () => (queue[0] === undefined ? 0 : performance.now() - queue[0].at),
    reset() {
      from.resetAndDestroy();
      to.resetAndDestroy();
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host: '127.0.0.1' });
    probe.once('error', () => resolve(false));
    probe.once('connect', () => {
      resolve(true);
      probe.destroy();
    });
  });
}
