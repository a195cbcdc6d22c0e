import { WebSocketServer } from 'ws';
import { createBaselineServer } from './baseline-server.ts';

/** A minimal `ws` broadcast: each message received at `/feed` is sent to every other client unchanged. */
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
