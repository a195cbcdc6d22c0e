import { lampOfStatus } from '@lampboard/board';
import { WebSocketServer } from 'ws';
import { openAmiLine } from '../ami-line.ts';
import { STATES, toldByAsterisk } from '../lamp-states.ts';
import { createBareBoards } from './bare-boards.ts';

/**
 * The least that can stand between Asterisk and boards: whatever lamp an AMI session is told of goes out at once, to
 * everybody, and nothing is kept or checked.
 */
const [port, amiPort, username = '', secret = ''] = process.argv.slice(2);
const boards = createBareBoards();
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
      boards.broadcast(Buffer.from(`42["frame",${JSON.stringify({ epoch: 'bare', seq, changes })}]`));
    }
  },
});
new WebSocketServer({ port: Number(port), host: '127.0.0.1', perMessageDeflate: false }).on(
  'connection',
  (socket) => {
    socket.on('error', () => undefined);
    boards.seat(socket, seq);
  },
);
