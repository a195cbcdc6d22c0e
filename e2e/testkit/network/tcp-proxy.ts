import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { freePort } from '../processes/free-port.ts';

/** Listens in front of a port of 127.0.0.1; `forward` connects both sockets of each connection. */
export async function startTcpProxy(
  upstreamPort: number,
  forward: (client: Socket, upstream: Socket) => void,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const options = { allowHalfOpen: true, noDelay: true };
  const port = await freePort();
  const open = new Set<Socket>();
  const server = createServer(options, (client) => {
    const upstream = connect({ host: '127.0.0.1', port: upstreamPort, ...options });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
    forward(client, upstream);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    async stop() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
