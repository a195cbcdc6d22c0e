import { useLive } from '../../live/live-context.tsx';

/** Asks the gateway's clock: milliseconds since 1970. */
export function useTime(): () => number {
  const { store } = useLive();
  return () => Date.now() + store.getState().clockOffset;
}
