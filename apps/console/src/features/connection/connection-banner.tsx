import { CloudOff, X } from 'lucide-react';
import { useState } from 'react';
import { isAllowed } from '@lampboard/protocol';
import { useMe } from '../../data/http/api-context.tsx';
import { useHealth } from '../../data/http/use-health.ts';
import { extensionsOf, type LiveState } from '../../data/socket/connection-state.ts';
import { useLive, useLiveState, useIsLive, usePbxNames } from '../../data/socket/live-context.tsx';
import { useT, Trans } from '../../i18n/i18n-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { type PbxOutage, useConnectionStatus, usePbxOutages } from './connection-messages.ts';
import './connection-banner.css';

/**
 * Says what happened and since when while the board is not live, of several PBXs for each that is down. Overlays the foot
 * of the board, so that no tile moves. While other PBXs are live it can be dismissed, until another link breaks.
 */
export function ConnectionBanner() {
  const t = useT();
  const live = useLive();
  const isLive = useIsLive();
  const hasLastKnown = useLiveState((state) => extensionsOf(state).size > 0);
  const outages = usePbxOutages();
  const { size: pbxCount } = usePbxNames();
  const [dismissed, setDismissed] = useState('');
  const isPartial = outages.length > 0 && outages.length < pbxCount;
  const key = outages.map(({ id, since }) => `${id} ${since}`).join();
  const isDismissed = isPartial && key === dismissed;

  return (
    <output className="connection-banner-slot">
      {!isLive && hasLastKnown && !isDismissed && (
        <div className="connection-banner">
          <CloudOff size={20} aria-hidden="true" />
          {outages.length === 0 ? (
            <BoardOutage />
          ) : (
            <ul className="connection-outages">
              {outages.map((outage) => (
                <li key={outage.id}>
                  <PbxOutageText {...outage} />
                </li>
              ))}
            </ul>
          )}
          {isPartial && (
            <IconButton
              Icon={X}
              size={16}
              label={t('ui.dismiss')}
              title={t('ui.dismiss')}
              onClick={() => setDismissed(key)}
            />
          )}
          <Button onClick={live.reconnect}>{t('link.try-now')}</Button>
        </div>
      )}
    </output>
  );
}

function BoardOutage() {
  const t = useT();
  const { summary, advice, since } = useConnectionStatus();
  return (
    <>
      <p className="connection-summary">{since !== null && t('link.banner-short', { since })}</p>
      <div className="connection-text">
        <Trans messageKey="link.banner" values={{ summary: <strong>{summary}</strong>, since }} />{' '}
        <span className="connection-advice">{advice}</span> <AttemptedAddress />
      </div>
    </>
  );
}

function PbxOutageText({ id, name, summary, advice, since, code }: PbxOutage) {
  const t = useT();
  return (
    <>
      <p className="connection-summary">{t('link.banner-short-of', { pbx: name, since })}</p>
      <div className="connection-text">
        <Trans
          messageKey="link.banner-of"
          values={{ summary: <strong>{t('link.of', { pbx: name, summary })}</strong>, since }}
        />{' '}
        <span className="connection-advice">{advice}</span> <AttemptedAddressOf pbxId={id} code={code} />
      </div>
    </>
  );
}

/** The address of the PBX that is down; nothing while the page is not connected to the gateway. */
function AttemptedAddress() {
  const pbx = useLiveState(firstDown);
  return pbx?.link.state === 'down' && <AttemptedAddressOf pbxId={pbx.id} code={pbx.link.code} />;
}

const firstDown = ({ board, connection }: LiveState) =>
  connection.state === 'down'
    ? undefined
    : Array.from(board?.pbxs.values() ?? []).find(({ link }) => link.state === 'down');

interface AttemptedAddressProps {
  pbxId: string;
  code: string | undefined;
}

/** For administrators: the address of Asterisk that the gateway tries, and the error code. */
function AttemptedAddressOf(props: AttemptedAddressProps) {
  const me = useMe();
  return me !== null && isAllowed(me, 'get-health', {}) && <AttemptedAddressText {...props} />;
}

function AttemptedAddressText({ pbxId, code }: AttemptedAddressProps) {
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
  const outages = usePbxOutages();
  return (
    <div className="empty-state">
      <output>
        {outages.length === 0 ? (
          <>
            <h2>{summary}</h2>
            <p>{advice}</p>
            <p>
              <AttemptedAddress />
            </p>
          </>
        ) : (
          <>
            <h2>{t('link.not-live')}</h2>
            {outages.map((outage) => (
              <p key={outage.id}>
                <strong>{t('link.of', { pbx: outage.name, summary: outage.summary })}.</strong>{' '}
                {outage.advice} <AttemptedAddressOf pbxId={outage.id} code={outage.code} />
              </p>
            ))}
          </>
        )}
      </output>
      <Button onClick={live.reconnect}>{t('link.try-now')}</Button>
    </div>
  );
}
