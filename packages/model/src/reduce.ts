import type { Change, LinkStatus } from '@lampboard/protocol';
import type { ExtensionFact } from './extensions/facts.ts';
import { reduceExtensions } from './extensions/reduce.ts';
import type { Board } from './sync/board.ts';

interface LinkFact {
  readonly kind: 'link';
  readonly link: LinkStatus;
}

/** A change in or around one PBX; each table reduces its own. */
export type Fact = ExtensionFact | LinkFact;

/** Returns the changes that facts about one PBX, seen at `now` (milliseconds since 1970), make to a board. */
export function reduce(board: Board, pbxId: string, facts: readonly Fact[], now: number): Change[] {
  const link = facts.findLast((fact) => fact.kind === 'link')?.link;
  const ofExtensions = facts.filter((fact) => fact.kind !== 'link');
  const changes: Change[] = reduceExtensions(board.extensions, pbxId, ofExtensions, now);
  return link === undefined
    ? changes
    : [...changes, { table: 'pbxs', op: 'patch', id: pbxId, fields: { link } }];
}
