import { useT } from '../../i18n/i18n-context.tsx';
import { useLiveState } from '../../live/live-context.tsx';
import { useLinkNews } from './use-link-news.ts';
import './link-pill.css';

/** Says at a glance whether the board can be believed. */
export function LinkPill() {
  const t = useT();
  const { tone, short, since } = useLinkNews();
  const version = useLiveState((state) => state.board?.pbx.version ?? null);
  const demo = useLiveState((state) => state.board?.pbx.demo ?? false);

  return (
    <div className="link-pill" data-tone={tone}>
      <span className="link-dot" />
      <span className="link-short">
        {short}
        {tone === 'down' && since !== null && (
          <span className="link-since"> {t('link.since', { since })}</span>
        )}
      </span>
      {tone === 'live' && !demo && version !== null && (
        <span className="link-more">{t('link.version', { version })}</span>
      )}
      {demo && (
        <span className="link-demo" title={t('link.demo-what')}>
          {t('link.demo')}
        </span>
      )}
    </div>
  );
}
