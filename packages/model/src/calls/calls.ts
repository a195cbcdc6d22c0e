import { dequal } from 'dequal/lite';
import { type Call, type CallState, type ChangeOf, isOfPbx } from '@lampboard/protocol';
import type { Board } from '../sync/board.ts';

type CallChange = ChangeOf<'calls'>;

/** Returns the changes that lead to all `calls` of one PBX. */
export function reduceCalls(base: Board['calls'], pbxId: string, calls: readonly Call[]): CallChange[] {
  const listed = new Set(calls.map(({ id }) => id));
  const removals = [...base.keys()]
    .filter((id) => isOfPbx(id, pbxId) && !listed.has(id))
    .map((id): CallChange => ({ table: 'calls', op: 'remove', id }));
  const puts = calls
    .filter((call) => !dequal(base.get(call.id), call))
    .map((call): CallChange => ({ table: 'calls', op: 'put', row: call }));
  return [...removals, ...puts];
}

/** The states in the order in which the lines of a person are shown. */
const STATE_ORDER: Readonly<Record<CallState, number>> = {
  talking: 0,
  conference: 1,
  dialling: 2,
  voicemail: 3,
  menu: 4,
  ringing: 5,
  holding: 6,
  held: 7,
  waiting: 8,
  parked: 9,
};

/** Orders the lines of a person: the one in use comes first, the older one of the same state. */
export function compareCalls(a: Call, b: Call): number {
  return (
    STATE_ORDER[a.state] - STATE_ORDER[b.state] || (a.since ?? 0) - (b.since ?? 0) || (a.id < b.id ? -1 : 1)
  );
}
