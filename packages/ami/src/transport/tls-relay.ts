import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';

/**
 * Opens a local relay to `remote`, since asterisk-manager opens its own socket and knows no TLS. Resolves to the path of
 * a Unix socket that only this user can reach (on Windows an unguessable named pipe). It accepts one connection, and is
 * removed then, or when `remote` closes. Backpressure, end and loss propagate. Rejects, and destroys `remote`, on failure.
 */
export async function openTlsRelay(remote: TLSSocket): Promise<string> {
  const server = createServer((local) => {
    closeServer();
    pipeDuplex(local, remote);
  });
  server.maxConnections = 1;
  server.on('error', (error) => remote.destroy(error));
  remote.once('close', closeServer);
  let folder: string | undefined;

  function closeServer(): void {
    // Removes the socket file as well.
    server.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }

  try {
    if (process.platform !== 'win32') folder = mkdtempSync(join(tmpdir(), 'lampboard-ami-'));
    const path =
      folder === undefined ? String.raw`\\.\pipe\lampboard-ami-${randomUUID()}` : join(folder, 'socket');
    server.listen({ path, backlog: 1 });
    await Promise.race([once(server, 'listening'), once(server, 'close')]);
    if (remote.destroyed) closeServer();
    return path;
  } catch (error) {
    closeServer();
    remote.destroy();
    throw error;
  }
}

function pipeDuplex(local: Socket, remote: TLSSocket): void {
  remote.pipe(local);
  local.pipe(remote);
  // The local half ends only with this process or with the remote half.
  local.on('error', () => remote.destroy());
  local.on('close', () => remote.destroy());
  remote.on('close', () => {
    // After a regular end, data before it may still be in flight.
    if (!remote.readableEnded) local.destroy();
  });
  if (remote.destroyed) local.destroy();
}
