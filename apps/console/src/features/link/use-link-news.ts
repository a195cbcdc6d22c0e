import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDownClock, useLiveState } from '../../live/live-context.tsx';
import { type LinkNews, linkNews } from './link-words.ts';

/** The news, and since when by this browser's clock, as text; null while the board is live. */
export function useLinkNews(): LinkNews & { readonly since: string | null } {
  const t = useT();
  const { dayTime } = useFormats();
  const connection = useLiveState((state) => state.connection);
  const link = useLiveState((state) => state.board?.link);
  const since = useDownClock(dayTime);
  return { ...linkNews(t, connection, link), since };
}
