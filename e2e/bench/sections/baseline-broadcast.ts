import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { now, cpuMs } from '../harness/measure.ts';
import { startBenchProcess } from '../harness/worker.ts';
import { withResources } from '../../testkit/processes/resources.ts';
import { type ClientLog, openClients } from '../harness/start-clients.ts';

/** The same deltas at the same moments, from a minimal `ws` broadcast to as many clients. */
export interface BaselineRun {
  readonly cpuMs: number;
  /** Milliseconds from feed to arrival, of each delta at each client. */
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
