import type { Board } from '@lampboard/model';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useLiveState } from '../../data/socket/live-context.tsx';
import { useConnectionStatus } from './connection-messages.ts';
import './connection-badge.css';

const pbxsOf = (board: Board | null) => [...(board?.pbxs.values() ?? [])];

export function ConnectionBadge() {
  const t = useT();
  const { tone, short, since } = useConnectionStatus();
  const version = useLiveState(({ board }) => pbxsOf(board)[0]?.version ?? null);
  const demo = useLiveState(({ board }) => pbxsOf(board).some((pbx) => pbx.demo));

  return (
    <div className="connection-badge" data-tone={tone}>
      <span className="connection-dot" />
      <span className="connection-label">
        {short}
        {tone === 'down' && since !== null && (
          <span className="connection-since"> {t('link.since', { since })}</span>
        )}
      </span>
      {tone === 'live' && !demo && version !== null && (
        <span className="connection-details">{t('link.version', { version })}</span>
      )}
      {demo && (
        <span className="tag connection-demo" title={t('link.demo-description')}>
          {t('link.demo')}
        </span>
      )}
    </div>
  );
}

/** The outage in one line, where badge and banner are covered. */
export function ConnectionInline() {
  const t = useT();
  const live = useIsLive();
  const { summary, since } = useConnectionStatus();
  return (
    <output className="connection-inline">
      {!live && since !== null && t('link.line', { summary, since })}
    </output>
  );
}
