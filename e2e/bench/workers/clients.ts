import { openMinimalClient } from '../../testkit/clients/minimal-client.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { now } from '../harness/measure.ts';
import { serveWorker } from '../harness/worker.ts';

const DELTA = Buffer.from('42["delta",');
const SNAPSHOT = Buffer.from('42["snapshot",');
const SEQ = Buffer.from('"seq":');

await serveWorker<'clients'>(async ({ url, cookies }) => {
  const clients = await Promise.all(cookies.map((cookie, index) => openClient(url, cookie, index === 0)));
  return () => {
    const logs = clients.map((client) => client.collect());
    return {
      clients: logs.map(({ arrivalTimes }) => arrivalTimes),
      deltas: logs[0]?.deltas ?? [],
      failures: logs.flatMap(({ failure }) => failure ?? []),
    };
  };
});

/** Records arrival times only; the content is parsed afterwards. */
async function openClient(url: string, cookie: string, storesDeltas: boolean) {
  let arrivalTimes: number[] = [];
  let deltas: string[] = [];
  let seq: number | undefined;
  let failure: string | undefined;

  const socket = await openMinimalClient(url, cookie, (packet) => {
    if (startsWith(packet, DELTA)) {
      arrivalTimes.push(now());
      const received = seqOf(packet);
      if (seq === undefined || received !== seq + 1) failure ??= `delta ${received} after ${seq}`;
      seq = received;
      if (storesDeltas) deltas.push(packet.toString('utf8', DELTA.length, packet.length - 1));
    } else if (startsWith(packet, SNAPSHOT)) seq = seqOf(packet);
  });
  if (socket === null) throw new Error('A client was refused');
  socket.on('close', () => (failure ??= 'closed'));
  await waitUntil('the snapshot', () => seq ?? failure, { everyMs: 20 });

  return {
    collect() {
      const log = { arrivalTimes: Float64Array.from(arrivalTimes), deltas, failure };
      arrivalTimes = [];
      deltas = [];
      return log;
    },
  };
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.subarray(0, start.length).equals(start);
}

function seqOf(bytes: Buffer): number {
  const from = bytes.indexOf(SEQ) + SEQ.length;
  return Number.parseInt(bytes.toString('latin1', from, from + 16), 10);
}
