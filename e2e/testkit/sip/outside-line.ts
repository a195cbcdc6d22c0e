import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createEventWaiter } from '../processes/event-waiter.ts';
import {
  type SipMessage,
  formatSip,
  parseSip,
  percentEncoded,
  sipHeader,
  sipResponse,
  sipStatus,
  sipToken,
  sipVia,
} from './sip-message.ts';

/** The telephone network beyond a trunk: calls from and to any number, without sound. */
export type OutsideLine = Awaited<ReturnType<typeof openOutsideLine>>;
export type OutsideCall = ReturnType<typeof createCall>;

/** The caller, of any bytes; an empty number is none. */
export interface OutsideCaller {
  readonly number: string;
  readonly name?: string;
  /** The network knows the number, and the caller forbids to show it (RFC 3323 and 3325). */
  readonly withheld?: boolean;
}

/** Listens on `port`, where the PBX at `sipPort` has its trunk; both of 127.0.0.1. */
export async function openOutsideLine({ port, sipPort }: { port: number; sipPort: number }) {
  const socket = createSocket('udp4').bind({ port, address: '127.0.0.1' });
  await once(socket, 'listening');
  const host = `127.0.0.1:${port}`;
  const calls = new Map<string, OutsideCall>();
  const waiters = createEventWaiter();
  const arrived: OutsideCall[] = [];
  const send = (bytes: Buffer) => socket.send(bytes, sipPort, '127.0.0.1');

  socket.on('message', (bytes) => {
    const message = parseSip(bytes);
    const callId = sipHeader(message, 'call-id');
    const known = calls.get(callId);
    if (known) known.receive(message);
    else if (message.firstLine.startsWith('INVITE ')) {
      send(sipResponse(message, '100 Trying'));
      const call = createCall({ send, host, onChange: waiters.check, ...calledBy(message) });
      calls.set(callId, call);
      arrived.push(call);
    } else if (sipStatus(message) === undefined && !message.firstLine.startsWith('ACK '))
      send(sipResponse(message, '200 OK'));
    waiters.check();
  });

  return {
    /** Calls a number of the PBX; resolves when it has begun to answer in some way. */
    async call(to: string, caller: OutsideCaller): Promise<OutsideCall> {
      const uri = `sip:${percentEncoded(to)}@127.0.0.1:${sipPort}`;
      const user = caller.number === '' ? '' : `${percentEncoded(caller.number)}@`;
      const identity = `${quoted(caller.name)}<sip:${user}network.example>`;
      const from = caller.withheld ? '"Anonymous" <sip:anonymous@anonymous.invalid>' : identity;
      const tag = sipToken();
      const dialog = { uri, from: `${from};tag=${tag}`, to: `<${uri}>`, callId: sipToken() };
      const call = createCall({ send, host, onChange: waiters.check, number: to, tag, dialog });
      calls.set(dialog.callId, call);
      call.invite(
        caller.withheld
          ? [
              ['P-Asserted-Identity', identity],
              ['Privacy', 'id'],
            ]
          : [],
      );
      await waiters.wait(
        () => `an answer to the call of ${to}`,
        () => call.status() || undefined,
        10_000,
      );
      return call;
    },
    /** The next call from the PBX; throws after 10 s. */
    incoming: () =>
      waiters.wait(
        () => 'a call to the outside',
        () => arrived.shift(),
        10_000,
      ),
    stop: () => void socket.close(),
  };
}

const quoted = (name: string | undefined) =>
  name === undefined ? '' : `"${name.replaceAll(/["\\]/g, '\\$&')}" `;

/** The dialog of a call from the PBX, seen from here. */
function calledBy(invite: SipMessage) {
  const tag = sipToken();
  const uri = /<([^>]+)>/.exec(sipHeader(invite, 'contact'))?.[1] ?? '';
  const dialog = {
    uri,
    from: `${sipHeader(invite, 'to')};tag=${tag}`,
    to: sipHeader(invite, 'from'),
    callId: sipHeader(invite, 'call-id'),
  };
  const number = /^INVITE sip:([^@]*)@/.exec(invite.firstLine)?.[1] ?? '';
  return { number, tag, dialog, invite };
}

/** One dialog (RFC 3261 section 12) of either direction. */
function createCall(options: {
  send: (bytes: Buffer) => void;
  host: string;
  onChange: () => void;
  number: string;
  tag: string;
  dialog: { uri: string; from: string; to: string; callId: string };
  /** Of a call from the PBX. */
  invite?: SipMessage;
}) {
  const { send, host, onChange, number, tag, dialog, invite } = options;
  let status: number | 'ended' = 0;
  let sequence = 1;
  let inviteVia = sipVia(host);
  const contact = ['Contact', `<sip:${number === '' ? 'line' : percentEncoded(number)}@${host}>`] as const;
  const media = {
    headers: [contact, ['Content-Type', 'application/sdp']] as const,
    body: `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=sendrecv\r\n`,
  };

  function change(next: typeof status): void {
    status = next;
    onChange();
  }

  function request(
    method: string,
    extra: Partial<Pick<SipMessage, 'headers' | 'body'>> = {},
    via = sipVia(host),
  ) {
    const cseq = method === 'ACK' || method === 'CANCEL' ? 1 : sequence++;
    const headers: SipMessage['headers'] = [
      ['Via', via],
      ['Max-Forwards', '70'],
      ['From', dialog.from],
      ['To', dialog.to],
      ['Call-ID', dialog.callId],
      ['CSeq', `${cseq} ${method}`],
      ...(extra.headers ?? []),
    ];
    send(formatSip({ firstLine: `${method} ${dialog.uri} SIP/2.0`, headers, body: extra.body ?? '' }));
  }

  function respond(line: string, extra: Parameters<typeof sipResponse>[2] = { headers: [contact] }): void {
    if (invite === undefined || status === 'ended' || status >= 200) return;
    send(sipResponse(invite, line, { tag, ...extra }));
    const code = Number(line.slice(0, 3));
    change(code >= 300 ? 'ended' : code);
  }

  function receiveRequest(message: SipMessage): void {
    const [method] = message.firstLine.split(' ');
    if (method === 'ACK') return;
    if (method === 'INVITE') return send(sipResponse(message, '200 OK', { tag, ...media }));
    send(sipResponse(message, '200 OK', { tag }));
    if (method === 'CANCEL') respond('487 Request Terminated');
    if (method === 'BYE') change('ended');
  }

  function receiveResponse(message: SipMessage, code: number): void {
    if (!sipHeader(message, 'cseq').endsWith(' INVITE') || code === 100) return;
    if (code < 200) return status === 'ended' ? undefined : change(code);
    dialog.to = sipHeader(message, 'to');
    if (code >= 300) {
      request('ACK', {}, inviteVia);
      return change('ended');
    }
    dialog.uri = /<([^>]+)>/.exec(sipHeader(message, 'contact'))?.[1] ?? dialog.uri;
    request('ACK');
    if (status !== 'ended') change(code);
  }

  return {
    number,
    status: () => status,
    receive(message: SipMessage) {
      const code = sipStatus(message);
      if (code === undefined) receiveRequest(message);
      else receiveResponse(message, code);
    },
    invite: (headers: SipMessage['headers']) =>
      request('INVITE', { ...media, headers: [...media.headers, ...headers] }, inviteVia),
    ring: () => respond('180 Ringing'),
    /** Sound before the answer. */
    playEarly: () => respond('183 Session Progress', media),
    answer: () => respond('200 OK', media),
    reject: () => respond('486 Busy Here'),
    /** Sends the caller to another number of the PBX. */
    redirect: (to: string) =>
      respond('302 Moved Temporarily', { headers: [['Contact', `<sip:${to}@${host}>`]] }),
    /** Ends the call in whatever state. */
    hangUp() {
      if (status === 'ended') return;
      if (status === 200) request('BYE');
      else if (invite) return respond('480 Temporarily Unavailable');
      else request('CANCEL', {}, inviteVia);
      change('ended');
    },
  };
}
