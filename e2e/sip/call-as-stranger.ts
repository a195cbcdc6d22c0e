import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { formatSip } from './sip-message.ts';

/**
 * Calls an extension as somebody without an account does (INVITE, RFC 3261), under a caller ID of any text: SIP lets
 * every byte of it be written as `%xx`. Resolves when Asterisk has answered anything at all.
 */
export async function callAsStranger({
  sipPort,
  extension,
  callerId,
}: {
  sipPort: number;
  extension: string;
  callerId: string;
}): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind({ port: 0, address: '127.0.0.1' });
  await once(socket, 'listening');
  const { port } = socket.address();
  const token = () => randomBytes(8).toString('hex');
  const user = Array.from(Buffer.from(callerId), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const to = `sip:${extension}@127.0.0.1:${sipPort}`;
  const invite = formatSip({
    firstLine: `INVITE ${to} SIP/2.0`,
    headers: [
      ['Via', `SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK${token()}`],
      ['Max-Forwards', '70'],
      ['From', `<sip:${user}@127.0.0.1>;tag=${token()}`],
      ['To', `<${to}>`],
      ['Call-ID', token()],
      ['CSeq', '1 INVITE'],
      ['Contact', `<sip:stranger@127.0.0.1:${port}>`],
    ],
  });
  socket.send(invite, sipPort, '127.0.0.1');
  await once(socket, 'message', { signal: AbortSignal.timeout(10_000) });
  socket.close();
}
