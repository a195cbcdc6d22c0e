import { useEffect } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { basePath } from '../../data/http/base-path.ts';
import { useIsLive, useLiveState } from '../../data/socket/live-context.tsx';

/** Sets the title and icon of the tab, which show an outage. */
export function useTabStatus(heading: string): void {
  const t = useT();
  const live = useIsLive();
  const hasBoard = useLiveState((state) => state.board !== null);

  useEffect(() => {
    document.title = `${live || !hasBoard ? heading : t('link.not-live')} · Lampboard`;
    document
      .querySelector('link[rel="icon"]')
      ?.setAttribute('href', `${basePath()}/${live || !hasBoard ? 'favicon' : 'favicon-down'}.svg`);
  }, [t, heading, live, hasBoard]);
}
