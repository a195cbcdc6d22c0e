import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { formatSip } from './sip-message.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** Calls an extension without an account, under any caller ID. */
export async function callUnauthenticated(call: {
  sipPort: number;
  extension: string;
  callerId: string;
}): Promise<void> {
  await sendUnauthenticated('INVITE', call);
}

/** Subscribes to the presence of any extension for a minute. */
export async function subscribeUnauthenticated(call: { sipPort: number; extension: string }): Promise<void> {
  await sendUnauthenticated('SUBSCRIBE', { ...call, callerId: 'stranger' }, [
    ['Event', 'presence'],
    ['Accept', 'application/pidf+xml'],
    ['Expires', '60'],
  ]);
}

/** Sends a request without an account (RFC 3261); resolves at the first response. */
async function sendUnauthenticated(
  method: 'INVITE' | 'SUBSCRIBE',
  { sipPort, extension, callerId }: { sipPort: number; extension: string; callerId: string },
  headers: Headers = [],
): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind({ port: 0, address: '127.0.0.1' });
  await once(socket, 'listening');
  const { port } = socket.address();
  const token = () => randomBytes(8).toString('hex');
  const to = `sip:${userOf(extension)}@127.0.0.1:${sipPort}`;
  const request = formatSip({
    firstLine: `${method} ${to} SIP/2.0`,
    headers: [
      ['Via', `SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK${token()}`],
      ['Max-Forwards', '70'],
      ['From', `<sip:${userOf(callerId)}@127.0.0.1>;tag=${token()}`],
      ['To', `<${to}>`],
      ['Call-ID', token()],
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:stranger@127.0.0.1:${port}>`],
      ...headers,
    ],
  });
  socket.send(request, sipPort, '127.0.0.1');
  await once(socket, 'message', { signal: AbortSignal.timeout(10_000) });
  socket.close();
}

/** Every byte of a SIP user may be percent-encoded. */
function userOf(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
