import { compareCalls } from '@lampboard/model';
import type { Call, Delta } from '@lampboard/protocol';
import { dequal } from 'dequal';

/** The lines of each extension that has any, the one in use first. */
export type CallsByExtension = ReadonlyMap<string, readonly Call[]>;

export const NO_CALLS: CallsByExtension = new Map();

function groupByExtension(calls: Iterable<Call>): CallsByExtension {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    for (const id of call.extensions) {
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [call]);
      else group.push(call);
    }
  }
  for (const group of groups.values()) group.sort(compareCalls);
  return groups;
}

/** Groups the calls of the board by extension, after one has changed; the lists of all other extensions stay the same. */
export function createCallIndex() {
  let index = NO_CALLS;
  let isOutdated = false;
  return {
    onReset: () => {
      isOutdated = true;
    },
    onChanges: (changes: Delta['changes']) => {
      isOutdated ||= changes.some(({ table }) => table === 'calls');
    },
    /** Returns the same index until a call has changed. */
    of: (calls: ReadonlyMap<string, Call>): CallsByExtension => {
      if (!isOutdated) return index;
      isOutdated = false;
      const previous = index;
      const next = groupByExtension(calls.values());
      index = new Map(
        Array.from(next, ([id, group]) => {
          const before = previous.get(id);
          return [id, before !== undefined && dequal(before, group) ? before : group];
        }),
      );
      return index;
    },
  };
}
