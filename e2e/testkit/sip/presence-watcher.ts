import { createHash } from 'node:crypto';
import { phonePassword } from '../asterisk/asterisk-config.ts';
import { createEventWaiter } from '../processes/event-waiter.ts';
import { type NotifiedPresence, parsePidf } from './parse-pidf.ts';
import {
  type SipMessage,
  openSipDialog,
  parseSip,
  presenceHeaders,
  sipHeader,
  sipResponse,
  sipStatus,
  sipToken,
} from './sip-message.ts';

export type PresenceWatcher = Awaited<ReturnType<typeof watchPresence>>;

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
}) {
  const { sipPort, extension, as, onNotify } = options;
  const { socket, uri, callId, send, request } = await openSipDialog(sipPort, extension, as);
  const notifications: NotifiedPresence[] = [];
  const responses: SipMessage[] = [];
  const waiters = createEventWaiter();
  let remote: string | undefined;

  socket.on('message', (bytes) => {
    const message = parseSip(bytes);
    if (sipHeader(message, 'call-id') !== callId) return;
    if (message.firstLine.startsWith('NOTIFY ')) {
      send(sipResponse(message, '200 OK'));
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

  async function ask(expires: number, extra: SipMessage['headers'] = []): Promise<SipMessage> {
    const headers = [...presenceHeaders(expires), ['User-Agent', USER_AGENT] as const, ...extra];
    const { cseq, bytes } = request('SUBSCRIBE', headers, remote);
    const resend = setInterval(send, RESEND_MS, bytes);
    send(bytes);
    const isFinal = (message: SipMessage) =>
      sipHeader(message, 'cseq') === cseq && (sipStatus(message) ?? 0) >= 200;
    return waiters
      .wait(
        () => 'answer to SUBSCRIBE',
        () => responses.find(isFinal),
        ANSWER_MS,
      )
      .finally(() => clearInterval(resend));
  }

  async function subscribe(expires: number): Promise<void> {
    let answer = await ask(expires);
    if (sipStatus(answer) === 401) {
      const challenge = sipHeader(answer, 'www-authenticate');
      const authorization = digestAuthorization(challenge, 'SUBSCRIBE', uri, as);
      answer = await ask(expires, [['Authorization', authorization]]);
    }
    if (sipStatus(answer) !== 200) throw new Error(`SUBSCRIBE ${extension} as ${as}: ${answer.firstLine}`);
    remote = sipHeader(answer, 'to');
  }

  /** Returns the latest or a future notification that matches; throws after `ms` (10 s). */
  const waitFor = (predicate: (notification: NotifiedPresence) => boolean, ms = 10_000) =>
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

/** Answers `WWW-Authenticate: Digest …` (RFC 2617, MD5, qop auth) with a value of `Authorization`. */
function digestAuthorization(challenge: string, method: string, uri: string, username: string): string {
  const parts = new Map(
    [...challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map((match) => [
      (match[1] ?? '').toLowerCase(),
      match[2] ?? match[3] ?? '',
    ]),
  );
  const realm = parts.get('realm') ?? '';
  const nonce = parts.get('nonce') ?? '';
  const cnonce = sipToken();
  const secret = md5(`${username}:${realm}:${phonePassword(username)}`);
  const what = md5(`${method}:${uri}`);
  return [
    `Digest username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${md5(`${secret}:${nonce}:00000001:${cnonce}:auth:${what}`)}"`,
    'algorithm=MD5',
    'qop=auth',
    'nc=00000001',
    `cnonce="${cnonce}"`,
    `opaque="${parts.get('opaque') ?? ''}"`,
  ].join(', ');
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
