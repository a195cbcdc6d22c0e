import { WebSocketServer } from 'ws';
import { createBareBoards } from './bare-boards.ts';

/**
 * A broadcast as bare as ws has it: each message that comes in at `/feed` goes out to everybody else, as the bytes that
 * it is.
 */
const [port, seq] = process.argv.slice(2);
const boards = createBareBoards();
const server = new WebSocketServer({ port: Number(port), host: '127.0.0.1', perMessageDeflate: false });

server.on('connection', (socket, { url }) => {
  socket.on('error', () => undefined);
  if (url === '/feed') {
    socket.on('message', boards.broadcast);
    return;
  }
  boards.seat(socket, Number(seq));
});
