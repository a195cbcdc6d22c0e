import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A SIP request or response (RFC 3261 section 7) with ordered headers by lower-case name. */
export interface SipMessage {
  /** `NOTIFY sip:… SIP/2.0` or `SIP/2.0 200 OK`. */
  firstLine: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
}

export function parseSip(bytes: Buffer): SipMessage {
  const [head = '', body = ''] = bytes.toString('utf8').split(/\r\n\r\n(.*)/s);
  const [firstLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { firstLine, headers, body };
}

export function formatSip({ firstLine, headers, body }: SipMessage): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  return Buffer.from([firstLine, ...lines, length, '', body].join('\r\n'));
}

export function sipToken(): string {
  return randomBytes(8).toString('hex');
}

/** A new transaction from this host and port over UDP. */
export function sipVia(host: string): string {
  return `SIP/2.0/UDP ${host};rport;branch=z9hG4bK${sipToken()}`;
}

/** Opens a UDP socket of 127.0.0.1 for one dialog with an extension of a SIP server there. */
export async function openSipDialog(sipPort: number, extension: string, from: string, contact = from) {
  const socket = createSocket('udp4').bind({ port: 0, address: '127.0.0.1' });
  await once(socket, 'listening');
  const host = `127.0.0.1:${socket.address().port}`;
  const uri = `sip:${extension}@127.0.0.1:${sipPort}`;
  const [tag, callId] = [sipToken(), sipToken()];
  let sequence = 0;
  return {
    socket,
    uri,
    callId,
    send: (bytes: Buffer) => socket.send(bytes, sipPort, '127.0.0.1'),
    request(method: 'INVITE' | 'SUBSCRIBE', headers: SipMessage['headers'], to = `<${uri}>`) {
      sequence += 1;
      const cseq = `${sequence} ${method}`;
      const bytes = formatSip({
        firstLine: `${method} ${uri} SIP/2.0`,
        headers: [
          ['Via', sipVia(host)],
          ['Max-Forwards', '70'],
          ['From', `<sip:${from}@127.0.0.1>;tag=${tag}`],
          ['To', to],
          ['Contact', `<sip:${contact}@${host}>`],
          ['Call-ID', callId],
          ['CSeq', cseq],
          ...headers,
        ],
        body: '',
      });
      return { cseq, bytes };
    },
  };
}

/** Headers of a SUBSCRIBE to a presence, for so many seconds. */
export const presenceHeaders = (expires: number): [name: string, value: string][] => [
  ['Event', 'presence'],
  ['Accept', 'application/pidf+xml'],
  ['Expires', String(expires)],
];

export function sipHeader(message: SipMessage, name: string): string {
  return message.headers.find(([have]) => have === name)?.[1] ?? '';
}

/** Undefined for a request. */
export function sipStatus(message: SipMessage): number | undefined {
  const code = /^SIP\/2\.0 (\d{3})/.exec(message.firstLine)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Responds to a request with the headers of RFC 3261 section 8.2.6, and `tag` where the request opens a dialog. */
export function sipResponse(
  request: SipMessage,
  status: string,
  { tag, headers = [], body = '' }: { tag?: string } & Partial<Pick<SipMessage, 'headers' | 'body'>> = {},
): Buffer {
  const echoed = request.headers.flatMap(([name, value]): SipMessage['headers'] => {
    if (name === 'to' && tag !== undefined && !value.includes(';tag='))
      return [[name, `${value};tag=${tag}`]];
    return ['via', 'from', 'to', 'call-id', 'cseq'].includes(name) ? [[name, value]] : [];
  });
  return formatSip({ firstLine: `SIP/2.0 ${status}`, headers: [...echoed, ...headers], body });
}

/** Every byte of a SIP user may be percent-encoded. */
export function percentEncoded(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
