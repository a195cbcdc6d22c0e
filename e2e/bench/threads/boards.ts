import { WebSocket } from 'ws';
import { now } from '../measure.ts';
import { serveThread } from '../thread.ts';

const HELLO = '0'.charCodeAt(0);
const PING = '2'.charCodeAt(0);
const FRAME = Buffer.from('42["frame",');
const SNAPSHOT = Buffer.from('42["snapshot",');
const SEQ = Buffer.from('"seq":');

await serveThread<'boards'>(async ({ url, cookies }) => {
  const boards = await Promise.all(cookies.map((cookie, index) => openBoard(url, cookie, index === 0)));
  return () => {
    const told = boards.map((board) => board.collect());
    return {
      boards: told.map(({ at }) => at),
      frames: told[0]?.frames ?? [],
      torn: told.flatMap(({ torn }) => torn ?? []),
    };
  };
});

/**
 * A board that only takes times: it speaks as much of Engine.IO 4 and Socket.IO 5 as it has to, for a client's own work
 * with 200 boards would be most of what is measured on a small machine.
 */
async function openBoard(url: string, cookie: string, keepsFrames: boolean) {
  const address = new URL('socket.io/?EIO=4&transport=websocket', url);
  address.protocol = 'ws:';
  const socket = new WebSocket(address, { headers: { cookie }, perMessageDeflate: false });
  let at: number[] = [];
  let frames: string[] = [];
  let seq: number | undefined;
  let torn: string | undefined;

  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => {
      torn ??= `closed with ${code}`;
      reject(new Error('A board was closed'));
    });
    socket.on('message', (bytes: Buffer) => {
      if (startsWith(bytes, FRAME)) {
        at.push(now());
        const its = seqOf(bytes);
        if (seq === undefined || its !== seq + 1) torn ??= `frame ${its} after ${seq}`;
        seq = its;
        if (keepsFrames) frames.push(bytes.toString('utf8', FRAME.length, bytes.length - 1));
      } else if (bytes[0] === PING) socket.send('3');
      else if (bytes[0] === HELLO) socket.send('40');
      else if (startsWith(bytes, SNAPSHOT)) {
        seq = seqOf(bytes);
        resolve();
      }
    });
  });

  return {
    collect() {
      const told = { at: Float64Array.from(at), frames, torn };
      at = [];
      frames = [];
      return told;
    },
  };
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.length >= start.length && bytes.compare(start, 0, start.length, 0, start.length) === 0;
}

function seqOf(bytes: Buffer): number {
  const from = bytes.indexOf(SEQ) + SEQ.length;
  return Number.parseInt(bytes.toString('latin1', from, from + 16), 10);
}
