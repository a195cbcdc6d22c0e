import type { Call, Parking } from '@lampboard/protocol';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { CallsByExtension } from '../../data/socket/call-index.ts';
import { useLiveState } from '../../data/socket/live-context.tsx';
import type { LiveState } from '../../data/socket/connection-state.ts';

type WaitingCall = Call & { readonly queue: string };
type ParkedCall = Call & { readonly parking: Parking };

const isWaiting = (call: Call): call is WaitingCall => call.state === 'waiting' && call.queue !== undefined;
const isParked = (call: Call): call is ParkedCall => call.state === 'parked' && call.parking !== undefined;

/** Returns the calls of a kind, the earliest first; looks for them only after a call has changed. */
function useCallsOf<C extends Call>(
  isOfKind: (call: Call) => call is C,
  timeOf: (call: C) => number | null,
): readonly C[] {
  const [select] = useState(() => {
    const compare = (a: C, b: C) =>
      (timeOf(a) ?? Infinity) - (timeOf(b) ?? Infinity) || (a.id < b.id ? -1 : 1);
    let index: CallsByExtension | null = null;
    let calls: readonly C[] = [];
    return ({ board, callsByExtension }: LiveState) => {
      // A new one after each change of a call.
      if (callsByExtension === index) return calls;
      index = callsByExtension;
      calls = [...(board?.calls.values() ?? [])].filter(isOfKind).toSorted(compare);
      return calls;
    };
  });
  return useLiveState(useShallow(select));
}

/** Returns the callers in queues, the one who waits longest first; renders only when they change. */
export const useWaitingCalls = (): readonly WaitingCall[] => useCallsOf(isWaiting, ({ since }) => since);

/** Returns the parked calls, the one that comes back next first; renders only when they change. */
export const useParkedCalls = (): readonly ParkedCall[] =>
  useCallsOf(isParked, ({ parking }) => parking.returnsAt);
