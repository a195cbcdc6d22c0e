import { expect, vi } from 'vitest';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { BoardClient } from './board-client.ts';
import { lampFromStatus, parseHint } from '@lampboard/model';
import { type Extension, ONLY_PBX, isOfPbx, presence } from '@lampboard/protocol';

/** Maximum propagation delay of a change. */
const MAX_DELAY_MS = 2000;

/**
 * Expects the lamps and presences of a board, or of one PBX on it, to be those that the PBX itself has. `changing` is an
 * extension whose presence changes faster than it can be read.
 */
export async function expectBoardMatchesPbx(
  client: BoardClient,
  pbx: PbxUnderTest,
  { pbxId = ONLY_PBX, changing }: { pbxId?: string; changing?: string } = {},
): Promise<void> {
  const isCompared = ({ exten }: Extension) => exten !== changing;
  const check = async () => {
    const expected = new Map<string, unknown>();
    for (const [id, { hint, status }] of await pbx.listExtensionStates()) {
      const { provider } = parseHint(hint);
      const value = provider === null ? null : presence.parse(await pbx.readPresence(provider));
      expected.set(pbxId === ONLY_PBX ? id : `${pbxId}/${id}`, {
        lamp: lampFromStatus(status),
        presence: value,
      });
    }
    const ofPbx = [...client.board().extensions.values()].filter(({ id }) => isOfPbx(id, pbxId));
    for (const { id } of ofPbx.filter((extension) => !isCompared(extension))) expected.delete(id);
    const board = ofPbx.filter(isCompared);
    expect(new Map(board.map(({ id, lamp, presence: value }) => [id, { lamp, presence: value }]))).toEqual(
      expected,
    );
  };
  await vi.waitFor(check, { timeout: MAX_DELAY_MS, interval: 25 });
}
