import { createAmiClient } from '@lampboard/ami';
import { Server } from 'socket.io';
import { lampDelta } from './baseline-server.ts';
import { TEST_PROFILE } from '../../testkit/ami/test-profile.ts';
import { USERS } from '../../testkit/pbx/pbx-under-test.ts';

/** A common gateway design: one AMI session, and one emit to every client for each of its events. */
const [port, amiPort] = process.argv.slice(2);
const io = new Server(Number(port), { transports: ['websocket'], serveClient: false });
let seq = 0;
const EVENTS = ['ExtensionStatus', 'DeviceStateChange'];

io.on('connection', (socket) => socket.emit('snapshot', { seq }));
createAmiClient({
  host: '127.0.0.1',
  port: Number(amiPort),
  username: USERS.lampboard.username,
  secret: USERS.lampboard.secret,
  profile: {
    ...TEST_PROFILE,
    subscriptions: TEST_PROFILE.subscriptions.filter(({ name }) => EVENTS.includes(name)),
  },
}).start({
  onState: () => undefined,
  onResyncNeeded: () => undefined,
  onUntrustedEvent: () => undefined,
  onEvent({ name, fields: { exten, context, status } }) {
    if (name !== 'ExtensionStatus') return;
    seq += 1;
    io.emit('delta', lampDelta(seq, `${exten}@${context}`, Number(status)));
  },
});
