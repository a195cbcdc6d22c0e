import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { now, processorMs } from '../measure.ts';
import { startProgram } from '../program.ts';
import { onStage } from '../stage.ts';
import { type Shown, openBoards } from '../start-boards.ts';

/** The same frames at the same moments, from a bare ws broadcast to as many boards. */
export interface Bare {
  /** Processor time that it took, in milliseconds. */
  readonly took: number;
  /** Of each frame at each board, milliseconds after it was fed in. */
  readonly late: readonly number[];
}

export async function broadcastBare({ boards, frames }: Shown, settleMs: number): Promise<Bare> {
  return onStage(async (keep) => {
    const seq = Number(/"seq":(\d+)/.exec(frames[0] ?? '')?.[1]);
    const bare = await keep(startProgram('bare-ws', String(seq - 1)));
    const open = await keep(
      openBoards(
        bare,
        boards.map(() => ''),
      ),
    );
    const feed = new WebSocket(new URL('feed', bare.url));
    await once(feed, 'open');

    const before = await processorMs(bare.pid);
    const start = now();
    const moments = boards[0] ?? new Float64Array();
    const fed: number[] = [];
    for (const [index, frame] of frames.entries()) {
      const due = start + (moments[index] ?? 0) - (moments[0] ?? 0);
      if (due > now()) await delay(due - now());
      fed.push(now());
      feed.send(`42["frame",${frame}]`);
    }
    await delay(settleMs);
    const took = (await processorMs(bare.pid)) - before;
    feed.close();
    const sent = await open.collect();
    if (sent.boards.some((at) => at.length !== frames.length))
      throw new Error('The broadcast lost something');
    const late = sent.boards.flatMap((at) => fed.map((moment, index) => (at[index] ?? moment) - moment));
    return { took, late };
  });
}
