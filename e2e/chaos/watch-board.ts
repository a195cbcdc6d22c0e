import { setTimeout as delay } from 'node:timers/promises';
import type { Judge } from './judge.ts';
import type { ChaosBoard } from './socket-board.ts';
import type { TruthWatch } from './watch-truth.ts';

interface BoardWatch {
  /** How often the board was looked at. */
  looks(): number;
  stop(): Promise<void>;
}

const EVERY_MS = 10;

/**
 * Looks at a board again and again, between two looks at Asterisk. A board that can't be read is looked at no more, and
 * `onBroken` is told why.
 */
export function watchBoard({
  board,
  truth,
  judge,
  onBroken,
}: {
  board: ChaosBoard;
  truth: TruthWatch;
  judge: Judge;
  onBroken: (reason: string) => void;
}): BoardWatch {
  const stop = new AbortController();
  let looks = 0;

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const from = performance.now();
      const shown = await board.read();
      const to = performance.now();
      const truths = await truth.around(from, to);
      judge.look({ board: board.name, isPage: board.isPage, from, to, shown, truths });
      looks += 1;
      await delay(EVERY_MS);
    }
  }
  const running = run().catch((error: unknown) => {
    onBroken(`${board.name} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  });

  return {
    looks: () => looks,
    async stop() {
      stop.abort();
      await running;
    },
  };
}
