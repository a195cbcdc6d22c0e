import { useT } from '../../i18n/i18n-context.tsx';
import { useLive, useLiveState } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import { Button } from '../../ui/button.tsx';
import { LinkTried } from './link-tried.tsx';
import { useLinkNews } from './use-link-news.ts';
import './link-trouble.css';

/** Not live, and nothing known either: what stands between the page and the first lamp, and what to do. */
export function LinkTrouble() {
  const t = useT();
  const live = useLive();
  const { what, advice } = useLinkNews();
  return (
    <div className="link-trouble">
      <output>
        <h2>{what}</h2>
        <p>{advice}</p>
        <p>
          <LinkTried />
        </p>
      </output>
      <Button onClick={live.reconnect}>{t('link.try-now')}</Button>
    </div>
  );
}

/** Whether there is anything that the board could show as last known. */
export function useAnythingKnown(): boolean {
  return useLiveState((state) => rowsOf(state).size > 0);
}
