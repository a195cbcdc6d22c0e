import { useEffect } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { basePath } from '../../data/http/base-path.ts';
import { usePbxOutages } from './connection-messages.ts';
import { useIsLive, useLiveState, usePbxNames } from '../../data/socket/live-context.tsx';

/** Sets the title and icon of the tab, which show an outage, and the PBXs where not all are down. */
export function useTabStatus(heading: string): void {
  const t = useT();
  const live = useIsLive();
  const outages = usePbxOutages();
  const { size } = usePbxNames();
  const pbxs = new Intl.ListFormat(t.locale).format(outages.map(({ name }) => name));
  const isPartial = outages.length > 0 && outages.length < size;
  const hasBoard = useLiveState((state) => state.board !== null);

  useEffect(() => {
    const outage = isPartial ? t('link.not-live-of', { pbxs }) : t('link.not-live');
    document.title = `${live || !hasBoard ? heading : outage} · Lampboard`;
    setTabIcon(live || !hasBoard ? 'favicon' : 'favicon-down');
  }, [t, heading, live, hasBoard, isPartial, pbxs]);
}

/** Sets the icon of the tab. Browsers load it again even if the same one is set. */
export function setTabIcon(name: 'favicon' | 'favicon-down'): void {
  const icon = document.querySelector('link[rel="icon"]');
  const href = `${basePath()}/${name}.svg`;
  if (icon?.getAttribute('href') !== href) icon?.setAttribute('href', href);
}
