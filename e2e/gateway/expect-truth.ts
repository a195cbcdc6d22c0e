import { expect, vi } from 'vitest';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { OpenBoard } from './open-board.ts';
import { shownOn, truthOf } from './truth.ts';

/** What the PBX changed just now is still on its way to the board, so much later at most it is there. */
const TRUE_WITHIN_MS = 2000;

/** Within 2 s the board is exactly what the PBX says. */
export async function expectTruth(board: OpenBoard, pbx: PbxUnderTest): Promise<void> {
  const check = async () => {
    const truth = await truthOf(pbx);
    expect(shownOn(board)).toEqual(truth);
  };
  await vi.waitFor(check, { timeout: TRUE_WITHIN_MS, interval: 25 });
}
