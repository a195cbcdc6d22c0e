import type { History } from '@lampboard/protocol';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useList } from '../../api/use-command.ts';
import { downSince } from '../../live/live-state.ts';
import { useClock, useLiveState, useRow } from '../../live/live-context.tsx';

const MINUTE = 60_000;
/** However much changes, it is asked for no oftener. */
const REFRESH_MS = 4000;

/**
 * The history of an extension, asked for anew as it changes; `now` is by the gateway's clock, to the minute; while the board is not live it is
 * the moment at which that ended. */
export function useHistory(id: string): { readonly history: History | null; readonly now: number } {
  const { reply, refresh } = useList('list-history', { id });
  const row = useRow(id);
  const clock = useClock();
  const offset = useLiveState((state) => state.clockOffset);
  const minute = useSyncExternalStore(clock.subscribe, () => Math.floor((clock.now() + offset) / MINUTE));
  const shown = `${row?.lamp} ${row?.presence?.state}`;
  const last = useRef(shown);
  const timer = useRef<number | null>(null);

  useEffect(() => {
    if (shown === last.current) return;
    last.current = shown;
    if (timer.current !== null) return;
    timer.current = window.setTimeout(() => {
      timer.current = null;
      void refresh();
    }, REFRESH_MS);
  }, [shown, refresh]);
  useEffect(
    () => () => {
      if (timer.current !== null) window.clearTimeout(timer.current);
    },
    [],
  );

  const until = useLiveState(downSince) ?? (minute + 1) * MINUTE;
  const history = reply?.ok === true && reply.value.keepDays > 0 ? reply.value : null;
  return { history, now: until };
}
