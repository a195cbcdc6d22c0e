import { createConnection } from 'node:net';
import { once } from 'node:events';

/** A client that only splits blocks. */
export interface RawClient {
  /** Sends header lines and a blank one, with CRLF. */
  send(...lines: string[]): void;
  write(bytes: string): void;
  /** Resolves to the next blocks, without their blank lines. */
  nextBlocks(count: number): Promise<string[]>;
  /** Resolves to all blocks up to and including the first that contains the text. */
  readUntil(text: string): Promise<string[]>;
  /** Sends an action and resolves to its response, without the ActionID. */
  request(action: string, ...lines: string[]): Promise<string>;
  /** All text received so far. */
  received(): string;
  /** Resolves when the server has closed. */
  ended: Promise<void>;
  pause(): void;
  resume(): void;
  close(): void;
}

/** Connects, and skips the banner. `latin1` gives one character per byte. */
export async function connectRaw(port: number, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<RawClient> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.setEncoding(encoding);
  const arrived: string[] = [];
  let buffered = '';
  /** Start of the unread text in `buffered`. */
  let offset = 0;
  let wake = (): void => undefined;
  let closed = false;
  let ids = 0;
  socket.on('data', (chunk) => {
    const text = String(chunk);
    arrived.push(text);
    buffered = buffered.slice(offset) + text;
    offset = 0;
    wake();
  });
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => {
      closed = true;
      wake();
      resolve();
    });
  });
  await once(socket, 'connect');

  async function readPiece(delimiter: string): Promise<string> {
    for (;;) {
      const end = buffered.indexOf(delimiter, offset);
      if (end >= 0) {
        const text = buffered.slice(offset, end);
        offset = end + delimiter.length;
        return text;
      }
      if (closed)
        throw new Error(`closed while waiting; left over: ${JSON.stringify(buffered.slice(offset))}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  async function readUntil(text: string): Promise<string[]> {
    const blocks: string[] = [];
    for (;;) {
      const next = await readPiece('\r\n\r\n');
      blocks.push(next);
      if (next.includes(text)) return blocks;
    }
  }

  const send = (...lines: string[]): void => void socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const client: RawClient = {
    send,
    write: (bytes) => void socket.write(bytes, 'latin1'),
    async nextBlocks(count) {
      const blocks: string[] = [];
      while (blocks.length < count) blocks.push(await readPiece('\r\n\r\n'));
      return blocks;
    },
    readUntil,
    async request(action, ...lines) {
      const id = `ActionID: q${(ids += 1)}`;
      send(`Action: ${action}`, id, ...lines);
      const answer = (await readUntil(`\r\n${id}`)).at(-1) ?? '';
      return answer.replace(`\r\n${id}`, '');
    },
    received: () => arrived.join(''),
    ended,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close: () => void socket.destroy(),
  };
  if ((await readPiece('\r\n')) !== 'Asterisk Call Manager/11.0.0')
    throw new Error(`unexpected banner: ${arrived.join('')}`);
  return client;
}
