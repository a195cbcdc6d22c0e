import { openLeanConsole } from '../../gateway/lean-console.ts';
import { until } from '../../processes/until.ts';
import { now } from '../measure.ts';
import { serveThread } from '../thread.ts';

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

/** A board that only takes times; what it is sent is read afterwards. */
async function openBoard(url: string, cookie: string, keepsFrames: boolean) {
  let at: number[] = [];
  let frames: string[] = [];
  let seq: number | undefined;
  let torn: string | undefined;

  const socket = await openLeanConsole(url, cookie, (packet) => {
    if (startsWith(packet, FRAME)) {
      at.push(now());
      const its = seqOf(packet);
      if (seq === undefined || its !== seq + 1) torn ??= `frame ${its} after ${seq}`;
      seq = its;
      if (keepsFrames) frames.push(packet.toString('utf8', FRAME.length, packet.length - 1));
    } else if (startsWith(packet, SNAPSHOT)) seq = seqOf(packet);
  });
  if (socket === null) throw new Error('A board was refused');
  socket.on('close', () => {
    torn ??= 'closed';
  });
  await until({ what: 'the whole board', everyMs: 20, probe: () => seq ?? torn });

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
