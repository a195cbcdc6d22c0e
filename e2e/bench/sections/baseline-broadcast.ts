import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { now, cpuMs } from '../harness/measure.ts';
import { startBenchProcess } from '../harness/program.ts';
import { withResources } from '../harness/resources.ts';
import { type ClientLog, openClients } from '../harness/start-clients.ts';

/** The same frames at the same moments, from a bare ws broadcast to as many boards. */
export interface BaselineRun {
  /** Processor time that it took, in milliseconds. */
  readonly cpuMs: number;
  /** Of each frame at each board, milliseconds after it was fed in. */
  readonly lagMs: readonly number[];
}

export async function broadcastBaseline(
  { clients: boards, frames }: ClientLog,
  settleMs: number,
): Promise<BaselineRun> {
  return withResources(async (track) => {
    const seq = Number(/"seq":(\d+)/.exec(frames[0] ?? '')?.[1]);
    const baseline = await track(startBenchProcess('baseline-ws', String(seq - 1)));
    const open = await track(
      openClients(
        baseline,
        boards.map(() => ''),
      ),
    );
    const feed = new WebSocket(new URL('feed', baseline.url));
    await once(feed, 'open');

    const before = await cpuMs(baseline.pid);
    const start = now();
    const times = boards[0] ?? new Float64Array();
    const fedTimes: number[] = [];
    for (const [index, frame] of frames.entries()) {
      const due = start + (times[index] ?? 0) - (times[0] ?? 0);
      if (due > now()) await delay(due - now());
      fedTimes.push(now());
      feed.send(`42["delta",${frame}]`);
    }
    await delay(settleMs);
    const usedCpuMs = (await cpuMs(baseline.pid)) - before;
    feed.close();
    const sent = await open.collect();
    if (sent.clients.some((arrivalTimes) => arrivalTimes.length !== frames.length))
      throw new Error('The broadcast lost something');
    const lagMs = sent.clients.flatMap((arrivalTimes) =>
      fedTimes.map((fedAt, index) => (arrivalTimes[index] ?? fedAt) - fedAt),
    );
    return { cpuMs: usedCpuMs, lagMs };
  });
}
