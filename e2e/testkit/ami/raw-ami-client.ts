import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { createEventWaiter } from '../processes/event-waiter.ts';

export type RawAmi = Awaited<ReturnType<typeof connectRawAmi>>;

const RESPONSE_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A minimal AMI client of the tests, independent of the code under test. Throws if the connection or login
 * fails, with Asterisk's message.
 */
export async function connectRawAmi(options: {
  port: number;
  username: string;
  secret: string;
  /** `Events` header of the login; by default all that the user may read. */
  events?: string;
  /** Timeout of the connection (10 s) and of each response (20 s), in milliseconds. */
  responseTimeoutMs?: number;
  onBlock?: (block: AmiBlock) => void;
}) {
  const { port, username, secret, events, responseTimeoutMs = RESPONSE_TIMEOUT_MS, onBlock } = options;
  const socket = await openSocket(port, options.responseTimeoutMs ?? CONNECT_TIMEOUT_MS);
  const blocks: AmiBlock[] = [];
  const waiters = createEventWaiter();
  const split = createAmiSplitter((block) => {
    blocks.push(block);
    onBlock?.(block);
    waiters.check();
  });
  socket.on('data', split);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      waiters.fail('the AMI connection ended');
      resolve();
    });
  });

  async function next(what: string, isNext: (block: AmiBlock) => boolean, ms: number, first = 0) {
    let index = first;
    return waiters.wait(
      () => what,
      () => {
        for (let block = blocks[index]; block; block = blocks[index]) {
          index += 1;
          if (isNext(block)) return block;
        }
        return undefined;
      },
      ms,
    );
  }

  async function request(fields: Record<string, string>, isLast: (block: AmiBlock) => boolean) {
    const first = blocks.length;
    const id = randomUUID();
    const lines = Object.entries({ ...fields, ActionID: id }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`${lines.join('')}\r\n`);
    const isOurs = (block: AmiBlock) => block.fields['actionid'] === id;
    const what = `the answer to ${fields['Action'] ?? '?'}`;
    const last = await next(what, (block) => isOurs(block) && isLast(block), responseTimeoutMs, first);
    return { last, all: blocks.slice(first).filter(isOurs) };
  }

  const ami = {
    /** All blocks since the connection, oldest first. */
    blocks: blocks as readonly AmiBlock[],
    closed,
    /** Sends an action and returns its response, success or not. */
    async action(fields: Record<string, string>) {
      const { last } = await request(fields, ({ kind }) => kind === 'response');
      return last;
    },
    /** Sends a list action and returns its items; throws on an error response. */
    async list(fields: Record<string, string>) {
      const { last, all } = await request(fields, ({ kind, name, fields: { eventlist } }) =>
        kind === 'response' ? name === 'Error' : eventlist === 'Complete',
      );
      if (last.kind === 'response') throw new Error(last.fields['message'] ?? 'refused');
      return all.filter((block) => block.kind === 'event' && block !== last);
    },
    /** Returns the first matching block, past or future; throws after `ms` milliseconds (10 s). */
    waitFor: (predicate: (block: AmiBlock) => boolean, ms = 10_000) =>
      next('such an AMI block', predicate, ms),
    close: () => void socket.destroy(),
  };
  try {
    const mask = events === undefined ? {} : { Events: events };
    const login = await ami.action({ Action: 'Login', Username: username, Secret: secret, ...mask });
    if (login.name !== 'Success') throw new Error(login.fields['message'] ?? 'login refused');
    return ami;
  } catch (error) {
    ami.close();
    throw error;
  }
}

function openSocket(port: number, ms: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const timeout = setTimeout(() => socket.destroy(new Error(`not connected within ${ms} ms`)), ms);
    socket.once('connect', () => {
      clearTimeout(timeout);
      resolve(socket);
    });
    // A later error is followed by `close`.
    socket.on('error', (error) => {
      clearTimeout(timeout);
      reject(error);
    });
  });
}

/** One block of AMI text and its headers by lower-case name (the last of a name wins). */
export interface AmiBlock {
  kind: 'event' | 'response' | 'other';
  /** Name of the event, or `Success`, `Error`, `Goodbye`. */
  name: string;
  fields: Record<string, string>;
  text: string;
}

/** Splits AMI bytes into blocks at CRLF CRLF; the greeting is a block of kind `other`. */
function createAmiSplitter(onBlock: (block: AmiBlock) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (;;) {
      const mark = greeted ? '\r\n\r\n' : '\r\n';
      const end = rest.indexOf(mark);
      if (end < 0) return;
      // Unescaped text that ends in CRLF leaves a blank line before the next block.
      const text = rest.toString('utf8', 0, end).replace(/^(\r\n)+/, '');
      rest = rest.subarray(end + mark.length);
      if (text.trim() !== '') onBlock(parseBlock(text));
      greeted = true;
    }
  };
}

function parseBlock(text: string): AmiBlock {
  const lines = text.split('\r\n');
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).replace(/^ /, '');
  }
  const first = /^(Event|Response): (.*)$/.exec(lines[0] ?? '');
  const kind = first?.[1] === 'Event' ? 'event' : first ? 'response' : 'other';
  return { kind, name: first?.[2] ?? '', fields, text };
}

/** Logs in; `onBytes` receives all bytes after the response. Minimal, for measurements. */
export async function openRawAmiReader(
  port: number,
  { username, secret }: { readonly username: string; readonly secret: string },
  events: 'on' | 'off',
  onBytes: (bytes: Buffer) => void,
): Promise<Socket> {
  const socket = await openSocket(port, CONNECT_TIMEOUT_MS);
  socket.write(`Action: Login\r\nUsername: ${username}\r\nSecret: ${secret}\r\nEvents: ${events}\r\n\r\n`);
  let response = '';
  while (!response.includes('\r\n\r\n')) response += String((await once(socket, 'data'))[0]);
  if (!response.includes('Response: Success')) throw new Error(`AMI: ${response}`);
  return socket.on('data', onBytes);
}
