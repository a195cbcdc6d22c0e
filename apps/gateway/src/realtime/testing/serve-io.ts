import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { listen } from '../../platform/testing/listen.ts';
import { createIoServer } from '../io-server.ts';

/** Serves socket.io on a free port until the test ends. */
export async function serveIo(io = createIoServer({})) {
  const http = createServer();
  io.attach(http);
  const port = await listen(http);
  onTestFinished(() => io.close());
  return {
    io,
    /** Opens a WebSocket; returns the gateway's socket of it, and the client's with its snapshots and deltas. */
    async connect(options: ClientOptions = { perMessageDeflate: false }) {
      const wire = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, options);
      onTestFinished(() => wire.terminate());
      const messages: { kind: string; seq: number }[] = [];
      wire.on('message', (data) => {
        const text = data instanceof Buffer ? data.toString() : '';
        if (text.startsWith('0')) wire.send('40');
        if (text === '2') wire.send('3');
        if (!/^42\["(?:snapshot|delta)",/.test(text)) return;
        const [kind, board] = JSON.parse(text.slice(2));
        messages.push({ kind, ...board });
      });
      const connected = once(io, 'connection');
      const [{ socket: network }] = await once(wire, 'upgrade');
      const [socket] = await connected;
      return { wire, network, socket, messages };
    },
  };
}
