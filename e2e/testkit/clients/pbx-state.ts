import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { lampFromStatus, parseHint } from '@lampboard/model';
import { ONLY_PBX, isOfPbx, presence } from '@lampboard/protocol';
import { expect } from 'vitest';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { BoardClient } from './board-client.ts';

/** Maximum propagation delay of a change. */
const MAX_DELAY_MS = 2000;
const CHECK_INTERVAL_MS = 25;

interface Options {
  pbxId?: string;
  changing?: string;
}

/**
 * Expects the lamps and presences of a board, or of one PBX on it, to be those that the PBX itself has. `changing` is an
 * extension whose presence changes faster than it can be read.
 */
export async function expectBoardMatchesPbx(
  client: BoardClient,
  pbx: PbxUnderTest,
  options: Options = {},
): Promise<void> {
  const deadline = performance.now() + MAX_DELAY_MS;
  for (;;) {
    // A busy machine may take longer to read the PBX than the board has to follow it.
    const isLast = performance.now() >= deadline;
    const expected = await statesOfPbx(pbx, options);
    const shown = statesOnBoard(client, options);
    if (isDeepStrictEqual(shown, expected)) return;
    if (isLast) expect(shown).toEqual(expected);
    await delay(CHECK_INTERVAL_MS);
  }
}

async function statesOfPbx(pbx: PbxUnderTest, { pbxId = ONLY_PBX, changing }: Options) {
  const hints = [...(await pbx.listExtensionStates())]
    .filter(([id]) => changing === undefined || !id.startsWith(`${changing}@`))
    .map(([id, { hint, status }]) => ({ id, status, provider: parseHint(hint).provider }));
  const presences = await pbx.readPresences(hints.flatMap(({ provider }) => provider ?? []));
  return new Map(
    hints.map(({ id, status, provider }) => [
      pbxId === ONLY_PBX ? id : `${pbxId}/${id}`,
      {
        lamp: lampFromStatus(status),
        presence: provider === null ? null : presence.parse(presences.get(provider)),
      },
    ]),
  );
}

function statesOnBoard(client: BoardClient, { pbxId = ONLY_PBX, changing }: Options) {
  const shown = [...client.board().extensions.values()].filter(
    ({ id, exten }) => isOfPbx(id, pbxId) && exten !== changing,
  );
  return new Map(shown.map(({ id, lamp, presence: value }) => [id, { lamp, presence: value }]));
}
