import { WebSocketServer } from 'ws';
import { createBaselineServer } from './baseline-server.ts';

/**
 * A broadcast as bare as ws has it: each message that comes in at `/feed` goes out to everybody else, as the bytes that
 * it is.
 */
const [port, seq] = process.argv.slice(2);
const baseline = createBaselineServer();
const server = new WebSocketServer({ port: Number(port), host: '127.0.0.1', perMessageDeflate: false });

server.on('connection', (socket, { url }) => {
  socket.on('error', () => undefined);
  if (url === '/feed') {
    socket.on('message', baseline.broadcast);
    return;
  }
  baseline.subscribe(socket, Number(seq));
});
