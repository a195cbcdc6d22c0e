import { useDownClock, useLiveState } from '../../live/live-context.tsx';
import { dayTime } from '../../ui/day-time.ts';
import { type LinkNews, linkNews } from './link-words.ts';

/** The news, and since when by this browser's clock, as text; null while the board is live. */
export function useLinkNews(): LinkNews & { readonly since: string | null } {
  const connection = useLiveState((state) => state.connection);
  const link = useLiveState((state) => state.board?.link);
  const since = useDownClock(dayTime);
  return { ...linkNews(connection, link), since };
}
