import { type WebSocket, WebSocketServer } from 'ws';

/**
 * A broadcast as bare as ws has it: each message that comes in at `/feed` goes out to everybody else, as the bytes that
 * it is. To them it looks like a gateway, as far as they look.
 */
const [port, seq] = process.argv.slice(2);
const boards = new Set<WebSocket>();
const server = new WebSocketServer({ port: Number(port), host: '127.0.0.1', perMessageDeflate: false });

server.on('connection', (socket, { url }) => {
  socket.on('error', () => undefined);
  if (url === '/feed') {
    socket.on('message', (bytes: Buffer) => {
      for (const board of boards) board.send(bytes, { binary: false });
    });
    return;
  }
  boards.add(socket);
  socket.send('0');
  socket.send(`42["snapshot",{"seq":${seq}}]`);
});
