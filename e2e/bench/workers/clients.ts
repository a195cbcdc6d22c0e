import { openMinimalClient } from '../../testkit/clients/minimal-client.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { now } from '../harness/measure.ts';
import { serveWorker } from '../harness/worker.ts';

const FRAME = Buffer.from('42["delta",');
const SNAPSHOT = Buffer.from('42["snapshot",');
const SEQ = Buffer.from('"seq":');

await serveWorker<'clients'>(async ({ url, cookies }) => {
  const clients = await Promise.all(cookies.map((cookie, index) => openClient(url, cookie, index === 0)));
  return () => {
    const logs = clients.map((client) => client.collect());
    return {
      clients: logs.map(({ arrivalTimes }) => arrivalTimes),
      frames: logs[0]?.frames ?? [],
      failures: logs.flatMap(({ failure }) => failure ?? []),
    };
  };
});

/** Records arrival times only; the content is parsed afterwards. */
async function openClient(url: string, cookie: string, storesDeltas: boolean) {
  let arrivalTimes: number[] = [];
  let frames: string[] = [];
  let seq: number | undefined;
  let failure: string | undefined;

  const socket = await openMinimalClient(url, cookie, (packet) => {
    if (startsWith(packet, FRAME)) {
      arrivalTimes.push(now());
      const received = seqOf(packet);
      if (seq === undefined || received !== seq + 1) failure ??= `frame ${received} after ${seq}`;
      seq = received;
      if (storesDeltas) frames.push(packet.toString('utf8', FRAME.length, packet.length - 1));
    } else if (startsWith(packet, SNAPSHOT)) seq = seqOf(packet);
  });
  if (socket === null) throw new Error('A board was refused');
  socket.on('close', () => {
    failure ??= 'closed';
  });
  await waitUntil('the whole board', () => seq ?? failure, { everyMs: 20 });

  return {
    collect() {
      const log = { arrivalTimes: Float64Array.from(arrivalTimes), frames, failure };
      arrivalTimes = [];
      frames = [];
      return log;
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
