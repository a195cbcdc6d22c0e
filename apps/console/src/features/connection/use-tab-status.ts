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
    document
      .querySelector('link[rel="icon"]')
      ?.setAttribute('href', `${basePath()}/${live || !hasBoard ? 'favicon' : 'favicon-down'}.svg`);
  }, [t, heading, live, hasBoard, isPartial, pbxs]);
}
