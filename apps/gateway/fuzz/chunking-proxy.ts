import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';

/** Starts a proxy that splits Asterisk's output into chunks of `size()` bytes. */
export async function startChunkingProxy({
  port,
  size,
}: {
  port: number;
  size: () => number;
}): Promise<{ readonly port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const asterisk = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const [socket, peer] of [
      [client, asterisk],
      [asterisk, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => peer.destroy());
      socket.on('close', () => peer.destroy());
    }
    client.on('data', (bytes) => asterisk.write(bytes));
    let forwarding = Promise.resolve();
    asterisk.on('data', (bytes: Buffer) => {
      forwarding = forwarding.then(() => forwardChunks(bytes, client));
    });
  });

  async function forwardChunks(bytes: Buffer, client: Socket): Promise<void> {
    for (let offset = 0; offset < bytes.length && !client.destroyed;) {
      const chunk = bytes.subarray(offset, offset + size());
      client.write(chunk);
      offset += chunk.length;
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
