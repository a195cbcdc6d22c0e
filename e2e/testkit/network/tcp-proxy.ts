import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../processes/free-port.ts';

const PROBE_INTERVAL_MS = 10;

/**
 * Listens in front of a port of 127.0.0.1, and refuses connections while that port does; `forward` connects
 * both sockets of each connection.
 */
export async function startTcpProxy(
  upstreamPort: number,
  forward: (client: Socket, upstream: Socket) => void,
) {
  const options = { allowHalfOpen: true, noDelay: true };
  const port = await freePort();
  const open = new Set<Socket>();
  let isStopped = false;
  const server = createServer(options, (client) => {
    const upstream = connect({ host: '127.0.0.1', port: upstreamPort, ...options });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
    upstream.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED') return;
      client.resetAndDestroy();
      if (server.listening) server.close(() => void listenAgain());
    });
    forward(client, upstream);
  });

  async function listenAgain(): Promise<void> {
    while (!isStopped && !(await isListening(upstreamPort))) await delay(PROBE_INTERVAL_MS);
    if (!isStopped) server.listen(port, '127.0.0.1', () => isStopped && server.close());
  }

  /** Resets every connection. */
  const drop = () => open.forEach((socket) => socket.resetAndDestroy());

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    drop,
    async stop() {
      isStopped = true;
      drop();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

/** Returns whether a port of 127.0.0.1 accepts connections. */
export async function isListening(port: number): Promise<boolean> {
  const probe = connect({ port, host: '127.0.0.1' });
  const isOpen = await once(probe, 'connect').then(
    () => true,
    () => false,
  );
  probe.destroy();
  return isOpen;
}
