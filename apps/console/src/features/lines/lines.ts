import { type Call, pbxIdOf } from '@lampboard/protocol';
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useLiveState, usePbxNames } from '../../data/socket/live-context.tsx';
import { type Line, useFindLine, useLines } from '../../entities/call/use-lines.ts';

type CallKind = 'queue' | 'parking' | 'conference';

/** A queue, slot or conference with its calls, the oldest first. */
export interface LineWithCalls {
  readonly key: string;
  /** Null without an entry on the board. */
  readonly id: string | null;
  readonly name: string;
  readonly calls: readonly Call[];
}

/** The queue, slot or conference of a call. */
function lineOfCall({ state, queue, parking, room }: Call): { kind: CallKind; number: string } | null {
  if (state === 'waiting' && queue !== undefined) return { kind: 'queue', number: queue };
  if (state === 'parked' && parking !== undefined) return { kind: 'parking', number: parking.slot };
  if (state === 'conference' && room !== undefined) return { kind: 'conference', number: room };
  return null;
}

const byAge = (a: Call, b: Call) => (a.since ?? 0) - (b.since ?? 0) || (a.id < b.id ? -1 : 1);

/** Returns each line with its calls, also those without an entry, and the outside callers that are in none. */
export function useLinesWithCalls() {
  const calls = useLiveState(useShallow(({ board }) => [...(board?.calls.values() ?? [])].toSorted(byAge)));
  const lines = useLines();
  const findLine = useFindLine();
  const pbxNames = usePbxNames();
  return useMemo(() => {
    const found: Record<CallKind, Map<string, LineWithCalls>> = {
      queue: new Map(),
      parking: new Map(),
      conference: new Map(),
    };
    const emptyLine = ({ id, name }: Pick<Line, 'id' | 'name'>): LineWithCalls => ({
      key: id,
      id,
      name,
      calls: [],
    });
    for (const line of lines)
      if (line.kind === 'queue' || line.kind === 'parking' || line.kind === 'conference')
        found[line.kind].set(line.id, emptyLine(line));
    const outside: Call[] = [];
    for (const call of calls) {
      const holder = lineOfCall(call);
      if (holder === null) {
        if (call.extensions.length === 0) outside.push(call);
        continue;
      }
      const { kind, number } = holder;
      const entry = findLine(kind, number, call.id);
      const key = entry?.id ?? `${pbxIdOf(call.id, pbxNames.keys())} ${number}`;
      const known = found[kind].get(key) ?? { key, id: null, name: number, calls: [] };
      found[kind].set(key, { ...known, calls: [...known.calls, call] });
    }
    const listOf = (kind: CallKind) => [...found[kind].values()];
    return { queues: listOf('queue'), slots: listOf('parking'), conferences: listOf('conference'), outside };
  }, [calls, lines, findLine, pbxNames]);
}
