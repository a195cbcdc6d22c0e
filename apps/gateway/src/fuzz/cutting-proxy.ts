import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';

/** Between a client and an Asterisk: what Asterisk says arrives cut into pieces of the sizes that `size` gives. */
export async function startCuttingProxy({ port, size }: { port: number; size: () => number }): Promise<{
  readonly port: number;
  close(): void;
}> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const asterisk = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const [here, there] of [
      [client, asterisk],
      [asterisk, client],
    ] as const) {
      sockets.add(here);
      here.on('error', () => there.destroy());
      here.on('close', () => there.destroy());
    }
    client.on('data', (bytes) => asterisk.write(bytes));
    let handed = Promise.resolve();
    asterisk.on('data', (bytes: Buffer) => {
      handed = handed.then(() => hand(bytes, client));
    });
  });

  async function hand(bytes: Buffer, client: Socket): Promise<void> {
    for (let at = 0; at < bytes.length && !client.destroyed;) {
      const piece = bytes.subarray(at, at + size());
      client.write(piece);
      at += piece.length;
      await new Promise(setImmediate);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The proxy listens on no TCP port.');
  return {
    port: address.port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
