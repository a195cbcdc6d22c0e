import { CloudOff } from 'lucide-react';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useLive } from '../../live/live-context.tsx';
import { Button } from '../../ui/button.tsx';
import { LinkTried } from './link-tried.tsx';
import { useAnythingKnown } from './link-trouble.tsx';
import { useLinkNews } from './use-link-news.ts';
import './link-banner.css';

/**
 * While the board is not live: what happened, since when, and that what is shown is last known. It lies over the
 * board's foot, so that no tile moves when it comes and goes.
 */
export function LinkBanner() {
  const t = useT();
  const live = useLive();
  const isLive = useIsLive();
  const known = useAnythingKnown();
  const { what, advice, since } = useLinkNews();

  return (
    <output className="link-banner-place">
      {!isLive && known && (
        <div className="link-banner">
          <CloudOff size={20} aria-hidden="true" />
          <p className="link-brief">{since !== null && t('link.banner-short', { since })}</p>
          <div>
            <Phrase k="link.banner" values={{ what: <strong>{what}</strong>, since }} />{' '}
            <span className="link-advice">{advice}</span> <LinkTried />
          </div>
          <Button onClick={live.reconnect}>{t('link.try-now')}</Button>
        </div>
      )}
    </output>
  );
}
