import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { useLinkNews } from '../features/link/use-link-news.ts';
import { usePageMarks } from '../features/link/use-page-marks.ts';
import { Wall } from '../features/wall/wall.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { useWallParts } from './use-wall-parts.ts';

/** For so many seconds each page is seen, unless the address says otherwise within these limits. */
const SECONDS = { usual: 20, least: 5, most: 600 };

function secondsOf(written: string | null): number {
  const seconds = Number(written ?? '');
  if (!(seconds > 0)) return SECONDS.usual;
  return Math.min(SECONDS.most, Math.max(SECONDS.least, Math.round(seconds)));
}

/** The wall: which groups are seen, and for how long each, is in the address. */
export function WallPage() {
  const t = useT();
  const [params] = useSearchParams();
  const seconds = secondsOf(params.get('seconds'));
  const wanted = useMemo(() => params.getAll('group'), [params]);
  const parts = useWallParts(wanted);
  const news = useLinkNews();
  usePageMarks(t('wall.heading'));

  return (
    <Wall
      key={seconds}
      parts={parts}
      seconds={seconds}
      news={news}
      nobody={wanted.length === 0 ? t('board.no-hints') : t('board.nobody-in', { group: wanted.join(', ') })}
    />
  );
}
