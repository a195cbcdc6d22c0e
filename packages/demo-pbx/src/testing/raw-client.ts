import { createConnection } from 'node:net';
import { once } from 'node:events';

/** A client that only splits blocks. */
export type RawClient = Awaited<ReturnType<typeof connectRaw>>;

/** Connects, and skips the banner. */
export async function connectRaw(port: number) {
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.setEncoding('utf8');
  const arrived: string[] = [];
  let unread = '';
  let wake = (): void => undefined;
  let ids = 0;
  socket.on('data', (chunk) => {
    arrived.push(String(chunk));
    unread += String(chunk);
    wake();
  });
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => {
      wake();
      resolve();
    });
  });
  await once(socket, 'connect');

  async function readPiece(delimiter: string): Promise<string> {
    while (!unread.includes(delimiter)) {
      if (socket.closed) throw new Error(`closed while waiting; left over: ${JSON.stringify(unread)}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
    const end = unread.indexOf(delimiter);
    const text = unread.slice(0, end);
    unread = unread.slice(end + delimiter.length);
    return text;
  }

  async function readBlocks(isLast: (block: string, count: number) => boolean): Promise<string[]> {
    const blocks: string[] = [];
    for (;;) {
      const block = await readPiece('\r\n\r\n');
      if (isLast(block, blocks.push(block))) return blocks;
    }
  }

  /** Resolves to all blocks up to and including the first that contains the text. */
  const readUntil = (text: string) => readBlocks((block) => block.includes(text));

  /** Sends header lines and a blank one, with CRLF. */
  const send = (...lines: string[]): void => void socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  if ((await readPiece('\r\n')) !== 'Asterisk Call Manager/11.0.0')
    throw new Error(`unexpected banner: ${arrived.join('')}`);
  return {
    send,
    write: (bytes: string) => void socket.write(bytes, 'latin1'),
    /** Resolves to the next blocks, without their blank lines. */
    nextBlocks: (count: number) => readBlocks((_, read) => read === count),
    readUntil,
    /** Sends an action with a list, and resolves to its blocks. */
    list(action: string, ...lines: string[]) {
      send(`Action: ${action}`, ...lines);
      return readUntil('EventList: Complete');
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
