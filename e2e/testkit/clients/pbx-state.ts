import { expect, vi } from 'vitest';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { BoardClient } from './board-client.ts';
import { lampFromStatus, parseHint } from '@lampboard/model';
import { type Lamp, type Presence, presence } from '@lampboard/protocol';

/** Expected lamps and presences by `exten@context`. */
type BoardState = ReadonlyMap<string, { lamp: Lamp; presence: Presence | null }>;

/** Reads the state from the PBX itself. */
export async function readPbxState(
  pbx: Pick<PbxUnderTest, 'listExtensionStates' | 'readPresence'>,
): Promise<BoardState> {
  const state = new Map<string, { lamp: Lamp; presence: Presence | null }>();
  for (const [id, { hint, status }] of await pbx.listExtensionStates()) {
    const { provider } = parseHint(hint);
    const presenceValue = provider === null ? null : presence.parse(await pbx.readPresence(provider));
    state.set(id, { lamp: lampFromStatus(status), presence: presenceValue });
  }
  return state;
}

export function boardState(client: BoardClient): BoardState {
  return new Map(
    [...client.board().extensions].map(([id, { lamp, presence: value }]) => [id, { lamp, presence: value }]),
  );
}

/** Maximum propagation delay of a change. */
const MAX_DELAY_MS = 2000;

export async function expectBoardMatchesPbx(client: BoardClient, pbx: PbxUnderTest): Promise<void> {
  const check = async () => {
    const expected = await readPbxState(pbx);
    expect(boardState(client)).toEqual(expected);
  };
  await vi.waitFor(check, { timeout: MAX_DELAY_MS, interval: 25 });
}
