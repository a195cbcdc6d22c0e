import type { Call, Change, LinkStatus, Pbx } from '@lampboard/protocol';
import { reduceCalls } from './calls/calls.ts';
import type { ExtensionFact } from './extensions/facts.ts';
import { reduceExtensions } from './extensions/reduce.ts';
import type { Board } from './sync/board.ts';

interface LinkFact {
  readonly kind: 'link';
  readonly link: LinkStatus;
}

interface CallsLinkFact {
  readonly kind: 'calls-link';
  readonly link: LinkStatus;
}

/** All calls of the PBX. */
interface CallsFact {
  readonly kind: 'calls';
  readonly calls: readonly Call[];
}

/** A change in or around one PBX; each table reduces its own. */
export type Fact = ExtensionFact | LinkFact | CallsLinkFact | CallsFact;

/** Returns the changes that facts about one PBX, seen at `now` (milliseconds since 1970), make to a board. */
export function reduce(board: Board, pbxId: string, facts: readonly Fact[], now: number): Change[] {
  const ofExtensions: ExtensionFact[] = [];
  const ofPbx: { -readonly [K in 'link' | 'callsLink']?: Pbx[K] } = {};
  let calls: readonly Call[] | undefined;
  for (const fact of facts) {
    if (fact.kind === 'link') ofPbx.link = fact.link;
    else if (fact.kind === 'calls-link') ofPbx.callsLink = fact.link;
    else if (fact.kind === 'calls') ({ calls } = fact);
    else ofExtensions.push(fact);
  }
  const pbxChange: Change = { table: 'pbxs', op: 'patch', id: pbxId, fields: ofPbx };
  return [
    ...reduceExtensions(board.extensions, pbxId, ofExtensions, now),
    ...(calls === undefined ? [] : reduceCalls(board.calls, pbxId, calls)),
    ...(Object.keys(ofPbx).length === 0 ? [] : [pbxChange]),
  ];
}
