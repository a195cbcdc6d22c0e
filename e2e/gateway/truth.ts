import { lampOfStatus, parseHint } from '@lampboard/board';
import { type Lamp, type Presence, presence } from '@lampboard/protocol';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { OpenBoard } from './open-board.ts';

/** What a board must show, by `exten@context`. */
type Shown = ReadonlyMap<string, { lamp: Lamp; presence: Presence | null }>;

/** What the PBX itself answers, asked without the gateway. */
export async function truthOf(pbx: Pick<PbxUnderTest, 'extensionStates' | 'presence'>): Promise<Shown> {
  const truth = new Map<string, { lamp: Lamp; presence: Presence | null }>();
  for (const [id, { hint, status }] of await pbx.extensionStates()) {
    const { provider } = parseHint(hint);
    const said = provider === null ? null : presence.parse(await pbx.presence(provider));
    truth.set(id, { lamp: lampOfStatus(status), presence: said });
  }
  return truth;
}

export function shownOn(board: OpenBoard): Shown {
  return new Map(
    [...board.board().rows].map(([id, { lamp, presence: said }]) => [id, { lamp, presence: said }]),
  );
}
