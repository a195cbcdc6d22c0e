import { asteriskLink, extensionsOf } from '../../data/socket/connection-state.ts';
import { useT, Trans } from '../../i18n/i18n-context.tsx';
import { useLive, useLiveState, useIsLive } from '../../data/socket/live-context.tsx';
import { Button } from '../../ui/button.tsx';
import { useConnectionStatus } from './connection-messages.ts';
import './connection-banner.css';
import type { Board } from '@lampboard/model';
import { isAllowed } from '@lampboard/protocol';
import { useMe } from '../../data/http/api-context.tsx';
import { useHealth } from '../../data/http/use-health.ts';
import { CloudOff } from 'lucide-react';

/**
 * Says what happened and since when while the board is not live. Overlays the foot of the board, so that no tile
 * moves.
 */
export function ConnectionBanner() {
  const t = useT();
  const live = useLive();
  const isLive = useIsLive();
  const hasLastKnown = useLiveState((state) => extensionsOf(state).size > 0);
  const { summary, advice, since } = useConnectionStatus();

  return (
    <output className="connection-banner-slot">
      {!isLive && hasLastKnown && (
        <div className="connection-banner">
          <CloudOff size={20} aria-hidden="true" />
          <p className="connection-summary">{since !== null && t('link.banner-short', { since })}</p>
          <div>
            <Trans messageKey="link.banner" values={{ summary: <strong>{summary}</strong>, since }} />{' '}
            <span className="connection-advice">{advice}</span> <AttemptedAddress />
          </div>
          <Button onClick={live.reconnect}>{t('link.try-now')}</Button>
        </div>
      )}
    </output>
  );
}

/** For administrators: the address of Asterisk that the gateway tries, and the error code. */
function AttemptedAddress() {
  const me = useMe();
  const link = useLiveState(asteriskLink);
  const pbxId = useLiveState(({ board }) => firstDown(board)?.id ?? null);
  const connected = useLiveState(({ connection }) => connection.state !== 'down');
  if (
    me === null ||
    !isAllowed(me, 'get-health', {}) ||
    !connected ||
    link?.state !== 'down' ||
    pbxId === null
  )
    return null;
  return <AttemptedAddressText pbxId={pbxId} code={link.code} />;
}

const firstDown = (board: Board | null) =>
  Array.from(board?.pbxs.values() ?? []).find(({ link }) => link.state === 'down');

function AttemptedAddressText({ pbxId, code }: { pbxId: string; code: string | undefined }) {
  const t = useT();
  const { health } = useHealth({ isPolling: false });
  const address = health?.pbxs.find(({ id }) => id === pbxId)?.asterisk ?? null;
  if (address === null) return null;
  return (
    <span className="connection-advice">
      {code === undefined ? t('link.tried', { address }) : t('link.tried-code', { address, code })}
    </span>
  );
}

/** Shown while the board is neither live nor last known. */
export function ConnectionEmptyState() {
  const t = useT();
  const live = useLive();
  const { summary, advice } = useConnectionStatus();
  return (
    <div className="empty-state">
      <output>
        <h2>{summary}</h2>
        <p>{advice}</p>
        <p>
          <AttemptedAddress />
        </p>
      </output>
      <Button onClick={live.reconnect}>{t('link.try-now')}</Button>
    </div>
  );
}
