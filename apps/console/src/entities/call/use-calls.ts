import type { Call, Parking } from '@lampboard/protocol';
import { useShallow } from 'zustand/react/shallow';
import { useLiveState } from '../../data/socket/live-context.tsx';
import type { LiveState } from '../../data/socket/connection-state.ts';

type WaitingCall = Call & { readonly queue: string };
type ParkedCall = Call & { readonly parking: Parking };

const isWaiting = (call: Call): call is WaitingCall => call.state === 'waiting' && call.queue !== undefined;
const isParked = (call: Call): call is ParkedCall => call.state === 'parked' && call.parking !== undefined;

const compareBy =
  <C extends Call>(timeOf: (call: C) => number | null) =>
  (a: C, b: C): number =>
    (timeOf(a) ?? Infinity) - (timeOf(b) ?? Infinity) || (a.id < b.id ? -1 : 1);

const callsOf = ({ board }: LiveState): readonly Call[] => [...(board?.calls.values() ?? [])];

/** Returns the callers in queues, the one who waits longest first; renders only when they change. */
export const useWaitingCalls = (): readonly WaitingCall[] =>
  useLiveState(
    useShallow((state) =>
      callsOf(state)
        .filter(isWaiting)
        .toSorted(compareBy(({ since }) => since)),
    ),
  );

/** Returns the parked calls, the one that comes back next first; renders only when they change. */
export const useParkedCalls = (): readonly ParkedCall[] =>
  useLiveState(
    useShallow((state) =>
      callsOf(state)
        .filter(isParked)
        .toSorted(compareBy(({ parking }) => parking.returnsAt)),
    ),
  );
