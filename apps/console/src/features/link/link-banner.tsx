import { CloudOff } from 'lucide-react';
import { useIsLive, useLive } from '../../live/live-context.tsx';
import { Button } from '../../ui/button.tsx';
import { useAnythingKnown } from './link-trouble.tsx';
import { useLinkNews } from './use-link-news.ts';
import './link-banner.css';

/**
 * While the board is not live: what happened, since when, and that what is shown is last known. It lies over the
 * board's foot, so that no tile moves when it comes and goes.
 */
export function LinkBanner() {
  const live = useLive();
  const isLive = useIsLive();
  const known = useAnythingKnown();
  const { what, advice, since } = useLinkNews();

  return (
    <output className="link-banner-place">
      {!isLive && known && (
        <div className="link-banner">
          <CloudOff size={20} aria-hidden="true" />
          <div>
            <strong>{what}.</strong> Since {since} the lamps show what was last known.{' '}
            <span className="link-advice">{advice}</span>
          </div>
          <Button onClick={live.reconnect}>Try now</Button>
        </div>
      )}
    </output>
  );
}
