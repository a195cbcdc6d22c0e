import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AmiControls } from '../ami/ami-controls.ts';
import type { OpenBoard } from '../gateway/open-board.ts';

const TICK_MS = 100;
const LOOK_MS = 20;
const WRONG_AT_MOST_MS = 2000;
const EXTENSION = '1109';

/**
 * Counts up in the presence of an extension, ten times a second, and looks whether a board says live for more than 2 s
 * while it shows what was replaced before; what it returns ends that, and throws where one did.
 */
export function watchBoards(
  pbx: Pick<AmiControls, 'setPresence'>,
  boards: readonly OpenBoard[],
): () => Promise<void> {
  const subtype = randomUUID();
  let counted = -1;
  /** Of each board, what it shows and for how long it has shown that, live, since it was replaced. */
  const shown = boards.map(() => ({ count: -1, wrongMs: 0, mostMs: 0 }));
  let lookedAt = performance.now();
  let isOver = false;

  async function count(): Promise<void> {
    while (!isOver) {
      const presence = { state: 'away', subtype, message: String(counted + 1) };
      await pbx.setPresence(`CustomPresence:${EXTENSION}`, presence);
      counted += 1;
      await delay(TICK_MS);
    }
  }

  function look(): void {
    // Where this process was kept waiting, what came meanwhile is not read yet.
    const ms = Math.min(performance.now() - lookedAt, 2 * LOOK_MS);
    lookedAt = performance.now();
    for (const [index, board] of boards.entries()) {
      const known = shown[index];
      if (known === undefined) continue;
      const said = board.isLive() ? board.presence(`${EXTENSION}@default`) : null;
      const isWrong = said !== null && said.subtype === subtype && Number(said.message) < counted;
      if (!isWrong || Number(said.message) !== known.count) known.wrongMs = 0;
      if (!isWrong) continue;
      known.count = Number(said.message);
      known.wrongMs += ms;
      known.mostMs = Math.max(known.mostMs, known.wrongMs);
    }
  }

  const counting = count();
  const looking = setInterval(look, LOOK_MS);
  return async () => {
    isOver = true;
    await counting;
    clearInterval(looking);
    const most = shown.map(({ mostMs }) => Math.round(mostMs));
    if (most.some((ms) => ms > WRONG_AT_MOST_MS))
      throw new Error(`live and wrong for so many milliseconds, board by board: ${most.join(', ')}`);
  };
}
