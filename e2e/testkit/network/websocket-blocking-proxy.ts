import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { freePort } from '../processes/free-port.ts';

/**
 * How a proxy blocks a WebSocket: forwards the request without upgrade, refuses it, never answers, or
 * upgrades and then stays silent or closes.
 */
export type Blocking = 'stripped' | 'refused' | 'swallowed' | 'silent' | 'ended';

/** A proxy in front of a gateway that passes HTTP and no WebSocket. */
export async function startBlockingProxy(gatewayUrl: string, blocking: Blocking) {
  const { hostname, port } = new URL(gatewayUrl);
  const upgradedSockets = new Set<Duplex>();
  const server = createServer((incoming, response) => {
    const { upgrade: _, connection: __, ...headers } = incoming.headers;
    const { url: path, method } = incoming;
    const outgoing = request({ hostname, port, path, method, headers }, (upstream) => {
      response.writeHead(upstream.statusCode ?? 502, upstream.headers);
      upstream.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  if (blocking !== 'stripped') {
    server.on('upgrade', ({ headers }, socket) => {
      upgradedSockets.add(socket.on('error', () => undefined));
      if (blocking === 'refused') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      if (blocking === 'swallowed' || blocking === 'refused') return;
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKeyOf(headers['sec-websocket-key'])}\r\n\r\n`,
      );
      if (blocking === 'ended') socket.end();
    });
  }
  const proxyPort = await freePort();
  server.listen(proxyPort, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${proxyPort}/`,
    stop() {
      for (const socket of upgradedSockets) socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** RFC 6455, 4.2.2. */
function acceptKeyOf(key = ''): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}
