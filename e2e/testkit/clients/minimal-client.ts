import { WebSocket } from 'ws';

const OPEN = '0'.charCodeAt(0);
const PING = '2'.charCodeAt(0);

/**
 * Opens a client that speaks the necessary parts of Engine.IO 4 and Socket.IO 5, so that hundreds take little CPU. It
 * answers pings and passes other packets on. Null if refused; rejects without a response.
 */
export function openMinimalClient(
  url: string,
  cookie: string,
  onPacket: (packet: Buffer) => void,
): Promise<WebSocket | null> {
  const socket = new WebSocket(new URL('socket.io/?EIO=4&transport=websocket', url.replace(/^http/, 'ws')), {
    headers: { cookie },
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  socket.on('message', (packet: Buffer) => {
    if (packet[0] === PING) socket.send('3');
    else if (packet[0] === OPEN) socket.send('40');
    else onPacket(packet);
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (request) => {
      request.destroy();
      resolve(null);
    });
    // A later error is followed by `close`.
    socket.on('error', reject);
  });
}
