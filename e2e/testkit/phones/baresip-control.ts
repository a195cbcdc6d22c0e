import { connect } from 'node:net';
import { createEventWaiter } from '../processes/event-waiter.ts';

/** An event such as `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, `REGISTER_OK`. */
interface PhoneEvent {
  type: string;
  param: string;
}

interface Answer {
  ok: boolean;
  data: string;
}

const ANSWER_MS = 10_000;

/**
 * Connects to the ctrl_tcp port of a baresip (https://github.com/baresip/baresip/wiki: JSON in netstrings).
 */
export async function connectBaresip(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.on('error', reject);
  });
  let unseen: PhoneEvent[] = [];
  let tokens = 0;
  const answers = new Map<string, (answer: Answer) => void>();
  const waiters = createEventWaiter();
  const read = createNetstringReader((text) => {
    const message = parseMessage(text);
    if (!message) return;
    if (message.kind === 'event') {
      unseen.push(message.event);
      waiters.check();
    } else {
      answers.get(message.token)?.(message.answer);
    }
  });
  socket.on('data', read);
  socket.once('close', () => waiters.fail('the phone ended'));

  return {
    /** Runs a menu command of baresip and returns its output; throws if baresip refuses it. */
    async command(name: string, parameters = '') {
      const token = String((tokens += 1));
      const { ok, data } = await new Promise<Answer>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`baresip does not answer ${name}`)), ANSWER_MS);
        answers.set(token, (answer) => (clearTimeout(timer), resolve(answer)));
        socket.write(netstring(JSON.stringify({ command: name, params: parameters, token })));
      }).finally(() => answers.delete(token));
      if (!ok) throw new Error(`baresip refused ${name} ${parameters}: ${data}`);
      return data;
    },
    /** The next event of one of the types since the last one returned; throws after `ms` (10 s). */
    waitFor(types: readonly string[], ms = 10_000) {
      return waiters.wait(
        () => `${types.join(' or ')} (there is: ${unseen.map(({ type }) => type).join(', ')})`,
        () => {
          const index = unseen.findIndex(({ type }) => types.includes(type));
          const event = unseen[index];
          if (event) unseen = unseen.slice(index + 1);
          return event;
        },
        ms,
      );
    },
    close: () => void socket.destroy(),
  };
}

type Message = { kind: 'event'; event: PhoneEvent } | { kind: 'answer'; token: string; answer: Answer };

function parseMessage(text: string): Message | undefined {
  const json: unknown = JSON.parse(text);
  if (typeof json !== 'object' || json === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(json));
  const token = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  if (fields.get('event') === true) {
    return { kind: 'event', event: { type: token('type'), param: token('param') } };
  }
  if (fields.get('response') !== true) return undefined;
  const answer = { ok: fields.get('ok') === true, data: withoutColour(token('data')) };
  return { kind: 'answer', token: token('token'), answer };
}

function withoutColour(text: string): string {
  const escape = String.fromCharCode(27);
  return text.replaceAll(new RegExp(`${escape}\\[[0-9;]*m`, 'g'), '').trim();
}

function netstring(text: string): string {
  return `${Buffer.byteLength(text)}:${text},`;
}

function createNetstringReader(onText: (text: string) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const colon = rest.indexOf(':');
      if (colon < 0) return;
      const start = colon + 1;
      const end = start + Number(rest.toString('latin1', 0, colon));
      if (Number.isNaN(end)) throw new Error('not a netstring');
      if (rest.length <= end) return;
      onText(rest.toString('utf8', start, end));
      rest = rest.subarray(end + 1);
    }
  };
}
