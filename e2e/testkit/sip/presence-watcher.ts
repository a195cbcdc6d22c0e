import { createHash, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { phonePassword } from '../asterisk/asterisk-config.ts';
import { createEventWaiter } from '../processes/event-waiter.ts';
import { type NotifiedPresence, parsePidf } from './parse-pidf.ts';
import { type SipMessage, formatSip, parseSip, sipHeader, sipResponse, sipStatus } from './sip-message.ts';

export interface PresenceWatcher {
  /** Returns the latest or a future notification that matches; throws after `ms` (10 s). */
  waitFor(predicate: (notification: NotifiedPresence) => boolean, ms?: number): Promise<NotifiedPresence>;
  stop(): Promise<void>;
}

// Asterisk includes presence only for user agents with this name.
const USER_AGENT = 'Digium D65 2_9_21';
const ANSWER_MS = 10_000;
const RESEND_MS = 500;

/**
 * Subscribes to an extension as a desk phone with a presence key does (SUBSCRIBE, RFC 6665, over UDP from
 * 127.0.0.1). Resolves after the first NOTIFY; throws if Asterisk refuses.
 */
export async function watchPresence(options: {
  sipPort: number;
  extension: string;
  /** Account of the watching phone. */
  as: string;
  onNotify?: (notification: NotifiedPresence) => void;
}): Promise<PresenceWatcher> {
  const { sipPort, extension, as, onNotify } = options;
  const socket = createSocket('udp4');
  socket.bind({ port: 0, address: '127.0.0.1' });
  await once(socket, 'listening');
  const host = `127.0.0.1:${socket.address().port}`;
  const uri = `sip:${extension}@127.0.0.1:${sipPort}`;
  const [tag, callId] = [token(), token()];
  const notifications: NotifiedPresence[] = [];
  const responses: SipMessage[] = [];
  const waiters = createEventWaiter();
  let sequence = 0;
  let remote = `<${uri}>`;

  socket.on('message', (bytes) => {
    const message = parseSip(bytes);
    if (sipHeader(message, 'call-id') !== callId) return;
    if (message.firstLine.startsWith('NOTIFY ')) {
      socket.send(sipResponse(message, '200 OK'), sipPort, '127.0.0.1');
      if (message.body !== '') {
        const notification = parsePidf(message.body);
        notifications.push(notification);
        onNotify?.(notification);
      }
    } else {
      responses.push(message);
    }
    waiters.check();
  });

  async function request(expires: number, extra: readonly [string, string][]): Promise<SipMessage> {
    sequence += 1;
    const cseq = `${sequence} SUBSCRIBE`;
    const bytes = formatSip({
      firstLine: `SUBSCRIBE ${uri} SIP/2.0`,
      headers: [
        ['Via', `SIP/2.0/UDP ${host};rport;branch=z9hG4bK${token()}`],
        ['Max-Forwards', '70'],
        ['From', `<sip:${as}@127.0.0.1>;tag=${tag}`],
        ['To', remote],
        ['Contact', `<sip:${as}@${host}>`],
        ['Call-ID', callId],
        ['CSeq', cseq],
        ['Event', 'presence'],
        ['Accept', 'application/pidf+xml'],
        ['Expires', String(expires)],
        ['User-Agent', USER_AGENT],
        ...extra,
      ],
    });
    const send = (): void => socket.send(bytes, sipPort, '127.0.0.1');
    const resend = setInterval(send, RESEND_MS);
    send();
    const final = (message: SipMessage): boolean =>
      sipHeader(message, 'cseq') === cseq && (sipStatus(message) ?? 0) >= 200;
    return waiters
      .wait(
        () => 'answer to SUBSCRIBE',
        () => responses.find(final),
        ANSWER_MS,
      )
      .finally(() => clearInterval(resend));
  }

  async function subscribe(expires: number): Promise<void> {
    let answer = await request(expires, []);
    if (sipStatus(answer) === 401) {
      const challenge = sipHeader(answer, 'www-authenticate');
      const authorization = digestAuthorization(challenge, 'SUBSCRIBE', uri, as);
      answer = await request(expires, [['Authorization', authorization]]);
    }
    if (sipStatus(answer) !== 200) throw new Error(`SUBSCRIBE ${extension} as ${as}: ${answer.firstLine}`);
    remote = sipHeader(answer, 'to');
  }

  const waitFor: PresenceWatcher['waitFor'] = async (predicate, ms = 10_000) =>
    waiters.wait(
      () => `such NOTIFY of ${extension} (latest: ${JSON.stringify(notifications.at(-1))})`,
      () => {
        const latest = notifications.at(-1);
        return latest && predicate(latest) ? latest : undefined;
      },
      ms,
    );

  try {
    await subscribe(3_600);
    await waitFor(() => true);
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    waitFor,
    async stop() {
      // A stopped Asterisk has no subscription to end.
      await subscribe(0).catch(() => undefined);
      socket.close();
    },
  };
}

function token(): string {
  return randomBytes(8).toString('hex');
}

/** Answers `WWW-Authenticate: Digest …` (RFC 2617, MD5, qop auth) with a value of `Authorization`. */
function digestAuthorization(challenge: string, method: string, uri: string, username: string): string {
  const password = phonePassword(username);
  const parts = new Map(
    [...challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map((match) => [
      (match[1] ?? '').toLowerCase(),
      match[2] ?? match[3] ?? '',
    ]),
  );
  const realm = parts.get('realm') ?? '';
  const nonce = parts.get('nonce') ?? '';
  const opaque = parts.get('opaque');
  const cnonce = randomBytes(8).toString('hex');
  const secret = md5(`${username}:${realm}:${password}`);
  const what = md5(`${method}:${uri}`);
  const qop = parts.has('qop');
  const response = md5(
    qop ? `${secret}:${nonce}:00000001:${cnonce}:auth:${what}` : `${secret}:${nonce}:${what}`,
  );
  return [
    `Digest username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
    ...(qop ? ['qop=auth', 'nc=00000001', `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(', ');
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
