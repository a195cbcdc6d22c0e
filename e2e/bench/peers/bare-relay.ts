import { type WebSocket, WebSocketServer } from 'ws';
import { STATES, toldByAsterisk } from '../lamp-states.ts';
import { openAmiLine } from '../ami-line.ts';
import { lampOfStatus } from '@lampboard/board';

/**
 * The least that can stand between Asterisk and boards: whatever lamp an AMI session is told of goes out at once, to
 * everybody, and nothing is kept or checked. To boards it looks like a gateway, as far as they look.
 */
const [port, amiPort, username = '', secret = ''] = process.argv.slice(2);
const boards = new Set<WebSocket>();
let seq = 0;

await openAmiLine({
  port: Number(amiPort),
  user: { username, secret },
  hears: true,
  onBytes(bytes) {
    for (const { exten, place } of toldByAsterisk([{ at: 0, text: bytes.toString('latin1') }])) {
      seq += 1;
      const lamp = lampOfStatus(STATES[place]?.status ?? -1);
      const changes = [{ kind: 'lamp', id: `${exten}@default`, lamp, since: Date.now() }];
      const frame = Buffer.from(`42["frame",${JSON.stringify({ epoch: 'bare', seq, changes })}]`);
      for (const board of boards) board.send(frame, { binary: false });
    }
  },
});
new WebSocketServer({ port: Number(port), host: '127.0.0.1', perMessageDeflate: false }).on(
  'connection',
  (socket) => {
    boards.add(socket);
    socket.on('error', () => undefined).on('close', () => boards.delete(socket));
    socket.send('0');
    socket.send(`42["snapshot",{"seq":${seq}}]`);
  },
);
