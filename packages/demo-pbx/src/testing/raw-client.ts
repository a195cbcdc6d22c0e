import { createConnection } from 'node:net';
import { once } from 'node:events';

/** A client that only splits blocks. */
export type RawClient = Awaited<ReturnType<typeof connectRaw>>;

/** Connects, and skips the banner. */
export async function connectRaw(port: number) {
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.setEncoding('utf8');
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

  /** Resolves to all blocks up to and including the first that contains the text. */
  async function readUntil(text: string): Promise<string[]> {
    const blocks: string[] = [];
    for (;;) {
      const next = await readPiece('\r\n\r\n');
      blocks.push(next);
      if (next.includes(text)) return blocks;
    }
  }

  /** Sends header lines and a blank one, with CRLF. */
  const send = (...lines: string[]): void => void socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  if ((await readPiece('\r\n')) !== 'Asterisk Call Manager/11.0.0')
    throw new Error(`unexpected banner: ${arrived.join('')}`);
  return {
    send,
    write: (bytes: string) => void socket.write(bytes, 'latin1'),
    /** Resolves to the next blocks, without their blank lines. */
    async nextBlocks(count: number) {
      const blocks: string[] = [];
      while (blocks.length < count) blocks.push(await readPiece('\r\n\r\n'));
      return blocks;
    },
    readUntil,
    /** Sends an action with a list, and resolves to its blocks. */
    list(action: string, ...lines: string[]) {
      send(`Action: ${action}`, ...lines);
      return readUntil('ListComplete');
    },
    /** Sends an action and resolves to its response, without the ActionID. */
    async request(action: string, ...lines: string[]) {
      const id = `ActionID: q${(ids += 1)}`;
      send(`Action: ${action}`, id, ...lines);
      const answer = (await readUntil(`\r\n${id}`)).at(-1) ?? '';
      return answer.replace(`\r\n${id}`, '');
    },
    /** All text received so far. */
    received: () => arrived.join(''),
    /** Resolves when the server has closed. */
    ended,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close: () => void socket.destroy(),
  };
}
