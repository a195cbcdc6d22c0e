import { createConnection } from 'node:net';
import { once } from 'node:events';

/** A client that knows nothing of AMI but its blank lines. */
export interface RawClient {
  /** Sends header lines and a blank one, CR LF each. */
  send(...lines: string[]): void;
  /** Sends bytes as they are. */
  write(bytes: string): void;
  /** The next blocks, in order, each without its blank line. */
  nextBlocks(count: number): Promise<string[]>;
  /** All blocks up to and including the first that contains the text. */
  readUntil(text: string): Promise<string[]>;
  /** Sends an action and gives the first block after it that answers its id. */
  request(action: string, ...lines: string[]): Promise<string>;
  /** What has arrived since, taken or not, byte for byte. */
  received(): string;
  /** Resolves when the server has closed. */
  ended: Promise<void>;
  pause(): void;
  resume(): void;
  close(): void;
}

/** Connects, and takes the banner off. Text is UTF-8 unless `latin1` is asked for to see single bytes. */
export async function connectRaw(port: number, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<RawClient> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.setEncoding(encoding);
  const arrived: string[] = [];
  let buffered = '';
  /** So much of the rest is taken. */
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
