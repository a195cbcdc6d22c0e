import type { Board } from '@lampboard/model';
import { isOfPbx } from '@lampboard/protocol';
import { useShallow } from 'zustand/react/shallow';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useLiveState, usePbxNames } from '../../data/socket/live-context.tsx';
import { MAX_NAMED_PBXS } from '../../entities/pbx/pbx-parts.tsx';
import { type PbxOutage, useConnectionStatus, usePbxOutages } from './connection-messages.ts';
import './connection-badge.css';

const pbxsOf = (board: Board | null) => [...(board?.pbxs.values() ?? [])];

/** Names the PBXs that are down, where there are several. */
export function ConnectionBadge() {
  const { tone, short, since } = useConnectionStatus();
  const outages = usePbxOutages();
  const demo = useLiveState(({ board }) => pbxsOf(board).some((pbx) => pbx.demo));
  const t = useT();

  return (
    <div
      className="connection-badge"
      data-tone={outages.some((each) => each.tone === 'down') ? 'down' : tone}
    >
      <span className="connection-dot" />
      {outages.length === 0 ? (
        <span className="connection-label">
          {short}
          {tone === 'down' && since !== null && (
            <span className="connection-since"> {t('link.since', { since })}</span>
          )}
        </span>
      ) : (
        <OutageLabels outages={outages} />
      )}
      {tone === 'live' && !demo && <Versions />}
      {demo && (
        <span className="tag connection-demo" title={t('link.demo-description')}>
          {t('link.demo')}
        </span>
      )}
    </div>
  );
}

/** The version of Asterisk; of several PBXs their number, and their versions in its title. */
function Versions() {
  const t = useT();
  const pbxs = useLiveState(useShallow(({ board }) => pbxsOf(board)));
  const versionOf = (version: string | null) => (version === null ? '' : t('link.version', { version }));
  if (pbxs.length < 2) {
    const version = versionOf(pbxs[0]?.version ?? null);
    return version !== '' && <span className="connection-details">{version}</span>;
  }
  const title = pbxs.map(({ name, version }) => [name, versionOf(version)].filter(Boolean).join(': '));
  return (
    <span className="connection-details" title={title.join('\n')}>
      {t('link.pbxs', { count: pbxs.length })}
    </span>
  );
}

/** Each PBX that is down, with its own since, and its cause where it is the only one; more than two are counted. */
function OutageLabels({ outages }: { outages: readonly PbxOutage[] }) {
  const t = useT();
  const { size: total } = usePbxNames();
  const title = outages.map(({ name, short, since }) =>
    t('link.line-of', { pbx: name, summary: short, since }),
  );
  if (outages.length > MAX_NAMED_PBXS)
    return (
      <span className="connection-label" title={title.join('\n')}>
        {t('link.not-live-count', { count: outages.length, total })}
      </span>
    );
  return (
    <ul className="connection-label" title={title.join('\n')}>
      {outages.length > 1 && <li>{t('link.not-live')}: </li>}
      {outages.map(({ id, name, short, since }) => (
        <li key={id}>
          <bdi>{name}</bdi>
          {outages.length === 1 && <span className="connection-cause">: {short}</span>}
          <span className="connection-since"> {t('link.since', { since })}</span>
        </li>
      ))}
    </ul>
  );
}

/** The outage in one line, where badge and banner are covered; `id`: only that of the extension's PBX. */
export function ConnectionInline({ id = null }: { id?: string | null }) {
  const t = useT();
  const live = useIsLive(id ?? undefined);
  const { summary, since } = useConnectionStatus();
  const outages = usePbxOutages();
  const lines = outages
    .filter((each) => id === null || isOfPbx(id, each.id))
    .map((each) => t('link.line-of', { pbx: each.name, summary: each.summary, since: each.since }));
  if (outages.length === 0 && !live && since !== null) lines.push(t('link.line', { summary, since }));
  return <output className="connection-inline">{lines.join('\n')}</output>;
}
