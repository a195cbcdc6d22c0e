import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { AmiLogin } from '../../bench/harness/worker.ts';
import { randomUUID } from 'node:crypto';
import { createEventWaiter } from '../processes/event-waiter.ts';

export interface RawAmi {
  /** Every block received since the connection, the oldest first. */
  blocks: readonly AmiBlock[];
  /** Sends an action and gives its response, whatever it says. */
  action(fields: Record<string, string>): Promise<AmiBlock>;
  /** Sends a listing action and gives its items; a refusal throws. */
  list(fields: Record<string, string>): Promise<AmiBlock[]>;
  /** The first block, received already or yet to come, that passes; throws after `ms` milliseconds (10 s). */
  waitFor(predicate: (block: AmiBlock) => boolean, ms?: number): Promise<AmiBlock>;
  /** Resolves when the connection is over, whoever ended it. */
  closed: Promise<void>;
  close(): void;
}

const RESPONSE_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The tests' own AMI client, made to see what is on the wire: independent of what it helps to judge, and trusting.
 * Throws when there is no connection or the login is refused (the message is Asterisk's).
 */
export async function connectRawAmi(options: {
  port: number;
  username: string;
  secret: string;
  /** The classes of events to be sent (`Events` of the login); without it all that the user may read. */
  events?: string;
  /** How long to wait for the connection, and for each answer, in milliseconds (10 s and 20 s). */
  responseTimeoutMs?: number;
  onBlock?: (block: AmiBlock) => void;
}): Promise<RawAmi> {
  const { port, username, secret, events, responseTimeoutMs = RESPONSE_TIMEOUT_MS, onBlock } = options;
  const socket = await openSocket(port, options.responseTimeoutMs ?? CONNECT_TIMEOUT_MS);
  const blocks: AmiBlock[] = [];
  const waiters = createEventWaiter();
  const splitter = createAmiSplitter({
    onBlock(block) {
      blocks.push(block);
      onBlock?.(block);
      waiters.check();
    },
  });
  socket.on('data', (bytes) => splitter.push(bytes));
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      waiters.fail('the AMI connection ended');
      resolve();
    });
  });

  /** Looks at each block from `first` on once. */
  async function next(
    first: number,
    what: string,
    ms: number,
    predicate: (block: AmiBlock) => boolean,
  ): Promise<AmiBlock> {
    let index = first;
    return waiters.wait({
      what: () => what,
      ms,
      probe() {
        for (let block = blocks[index]; block; block = blocks[index]) {
          index += 1;
          if (predicate(block)) return block;
        }
        return undefined;
      },
    });
  }

  function send(fields: Record<string, string>): string {
    const id = randomUUID();
    const lines = Object.entries({ ...fields, ActionID: id }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`${lines.join('')}\r\n`);
    return id;
  }

  const ami: RawAmi = {
    blocks,
    closed,
    async action(fields) {
      const first = blocks.length;
      const id = send(fields);
      return next(first, `the answer to ${fields['Action'] ?? '?'}`, responseTimeoutMs, (block) =>
        isResponseTo(block, id),
      );
    },
    async list(fields) {
      const first = blocks.length;
      const id = send(fields);
      const last = await next(first, `the end of ${fields['Action'] ?? '?'}`, responseTimeoutMs, (block) =>
        isFinalBlockOf(block, id),
      );
      if (last.kind === 'response') throw new Error(last.fields['message'] ?? 'refused');
      const belongs = (block: AmiBlock): boolean => block.fields['actionid'] === id && block !== last;
      return blocks.slice(first).filter((block) => block.kind === 'event' && belongs(block));
    },
    waitFor: async (predicate, ms = 10_000) => next(0, 'such an AMI block', ms, predicate),
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

function isResponseTo(block: AmiBlock, id: string): boolean {
  return block.kind === 'response' && block.fields['actionid'] === id;
}

function isFinalBlockOf(block: AmiBlock, id: string): boolean {
  if (isResponseTo(block, id)) return block.name === 'Error';
  return block.fields['actionid'] === id && block.fields['eventlist'] === 'Complete';
}

function openSocket(port: number, ms: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const timeout = setTimeout(() => socket.destroy(new Error(`not connected within ${ms} ms`)), ms);
    socket.once('connect', () => {
      clearTimeout(timeout);
      resolve(socket);
    });
    // An error later is followed by `close`, which is what tells.
    socket.on('error', (error) => {
      clearTimeout(timeout);
      reject(error);
    });
  });
}

/** One block of AMI text as it came, and its headers under lower-case names (the last of a name wins). */
export interface AmiBlock {
  kind: 'event' | 'response' | 'other';
  /** The event's name, or the response's word (`Success`, `Error`, `Goodbye`). */
  name: string;
  fields: Record<string, string>;
  text: string;
}

/** Cuts AMI bytes into blocks at CRLF CRLF; the greeting line comes as a block of kind `other`. */
function createAmiSplitter(options: { onBlock: (block: AmiBlock) => void }): {
  push(bytes: Buffer): void;
} {
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;
  return {
    push(bytes) {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      for (;;) {
        const mark = greeted ? '\r\n\r\n' : '\r\n';
        const end = rest.indexOf(mark);
        if (end < 0) return;
        // A text that ends in CRLF, unescaped, leaves a blank line in front of the next block.
        const text = rest.toString('utf8', 0, end).replace(/^(\r\n)+/, '');
        rest = rest.subarray(end + mark.length);
        if (text.trim() !== '') options.onBlock(parseBlock(text));
        greeted = true;
      }
    },
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

/** A line to Asterisk as bare as can be, for what is measured by it. */
export interface RawAmiReader {
  /** Actions, written as they are. */
  write(actions: string): void;
  close(): void;
}

/** Logs in; `onBytes` gets whatever comes after the answer. */
export async function openRawAmiReader({
  port,
  user: { username, secret },
  receivesEvents,
  onBytes,
}: {
  port: number;
  user: AmiLogin;
  /** Whether it wants to be told of events. */
  receivesEvents: boolean;
  onBytes: (bytes: Buffer) => void;
}): Promise<RawAmiReader> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.write(
    `Action: Login\r\nUsername: ${username}\r\nSecret: ${secret}\r\nEvents: ${receivesEvents ? 'on' : 'off'}\r\n\r\n`,
  );
  let response = '';
  while (!response.includes('\r\n\r\n')) response += String((await once(socket, 'data'))[0]);
  if (!response.includes('Response: Success')) throw new Error(`AMI: ${response}`);
  socket.on('data', onBytes);
  return { write: (actions) => void socket.write(actions), close: () => void socket.destroy() };
}
