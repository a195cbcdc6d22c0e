import { WebSocketServer } from 'ws';
import { openRawAmiReader } from '../../testkit/ami/raw-ami-client.ts';
import { USERS } from '../../testkit/pbx/pbx-under-test.ts';
import { STATES, lampReportsIn } from '../harness/state-log.ts';
import { createBaselineServer, lampDelta } from './baseline-server.ts';

/** A minimal relay: each lamp event of an AMI session is broadcast at once; nothing is stored or checked. */
const [port, amiPort] = process.argv.slice(2);
const server = createBaselineServer();
let seq = 0;

await openRawAmiReader(Number(amiPort), USERS.lampboard, 'on', (bytes) => {
  for (const { exten, stateIndex } of lampReportsIn([{ timestamp: 0, text: bytes.toString('latin1') }])) {
    seq += 1;
    const delta = lampDelta(seq, `${exten}@default`, STATES[stateIndex]?.status ?? -1);
    server.broadcast(Buffer.from(`42["delta",${JSON.stringify(delta)}]`));
  }
});
new WebSocketServer({ port: Number(port), host: '127.0.0.1', perMessageDeflate: false }).on(
  'connection',
  (socket) => {
    socket.on('error', () => undefined);
    server.subscribe(socket, seq);
  },
);
