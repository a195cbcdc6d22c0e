import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';

/**
 * A local way into `remote`, for asterisk-manager opens its socket itself and knows no TLS. Resolves to the path of a
 * Unix socket that only this user can reach (on Windows a named pipe that nobody can guess). It lets exactly one
 * connection in and is gone from the file system at that moment, or when `remote` closes, whichever comes first.
 * Back-pressure, an end and a loss on either side reach the other. Rejects, and ends `remote`, where it can't be made.
 */
export async function openTunnel(remote: TLSSocket): Promise<string> {
  const server = createServer((local) => {
    closeServer();
    pipeBothWays(local, remote);
  });
  server.maxConnections = 1;
  server.on('error', (error) => remote.destroy(error));
  remote.once('close', closeServer);
  let folder: string | undefined;

  function closeServer(): void {
    // Takes the socket out of its folder as well.
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

function pipeBothWays(local: Socket, remote: TLSSocket): void {
  remote.pipe(local);
  local.pipe(remote);
  // The local half only ends when we end it, or because the remote half did: there is nothing more to tell.
  local.on('error', () => remote.destroy());
  local.on('close', () => remote.destroy());
  remote.on('close', () => {
    // After an end in order, what came before it may still be on its way.
    if (!remote.readableEnded) local.destroy();
  });
  if (remote.destroyed) local.destroy();
}
