import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive } from '../../live/live-context.tsx';
import { useLinkNews } from './use-link-news.ts';
import './link-line.css';

/** The outage in one line, where pill and banner are covered. */
export function LinkLine() {
  const t = useT();
  const live = useIsLive();
  const { what, since } = useLinkNews();
  return <output className="link-line">{!live && since !== null && t('link.line', { what, since })}</output>;
}
