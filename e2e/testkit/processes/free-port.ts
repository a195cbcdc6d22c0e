import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

// Below Linux's range for outgoing connections, so that a port stays free while its server restarts.
const MIN_PORT = 20_000;
const PORT_COUNT = 12_000;
// Parallel workers use separate ranges: a port is free until it is listened on.
const RANGES = 8;
const worker = Number(process.env['VITEST_POOL_ID'] ?? process.env['TEST_PARALLEL_INDEX'] ?? 0);
const RANGE_SIZE = PORT_COUNT / RANGES;
const FIRST_PORT = MIN_PORT + (worker % RANGES) * RANGE_SIZE;
const allocated = new Set<number>();

/** Returns a port of 127.0.0.1 that is free for TCP and UDP; never the same one twice in a process. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * RANGE_SIZE);
    if (allocated.has(port)) continue;
    allocated.add(port);
    if ((await tcpIsFree(port)) && (await udpIsFree(port))) return port;
  }
  throw new Error('no free port on 127.0.0.1 in a hundred attempts');
}

function tcpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function udpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
