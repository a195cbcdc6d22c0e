import { asteriskLink, type Connection } from '../../data/socket/connection-state.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOfflineSince, useLiveState } from '../../data/socket/live-context.tsx';
import type { LinkReason, LinkStatus } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

interface ConnectionMessage {
  readonly tone: 'live' | 'waiting' | 'down';
  /** Label of the badge. */
  readonly short: string;
  readonly summary: string;
  readonly advice: string;
}

type Reason = LinkReason | 'first' | 'lost' | 'unanswered' | 'offline' | 'incompatible';

/** True if the state is transient; the texts are `link.<reason>.…` of the catalogue. */
const TONES: Readonly<Record<Reason, 'waiting' | 'down'>> = {
  connecting: 'waiting',
  unreachable: 'down',
  'tls-error': 'down',
  rejected: 'down',
  'login-refused': 'down',
  'permission-denied': 'down',
  'no-events': 'down',
  booting: 'waiting',
  unresponsive: 'down',
  overrun: 'down',
  syncing: 'waiting',
  'no-leader': 'waiting',
  'redis-unreachable': 'down',
  first: 'waiting',
  lost: 'waiting',
  unanswered: 'down',
  offline: 'down',
  incompatible: 'down',
};

/** Failures in a row before the connection counts as down. */
const UNANSWERED_THRESHOLD = 3;

function connectionReason(connection: Extract<Connection, { state: 'down' }>): Reason {
  switch (connection.reason) {
    case 'offline':
    case 'incompatible':
      return connection.reason;
    case 'connecting':
      return connection.failures === 0 ? 'first' : 'unanswered';
    case 'lost':
      return connection.failures < UNANSWERED_THRESHOLD ? 'lost' : 'unanswered';
  }
}

/** The connection to the gateway comes before its link to Asterisk; null while the board is live. */
function reasonOf(connection: Connection, link: LinkStatus | undefined): Reason | null {
  if (connection.state === 'down') return connectionReason(connection);
  if (link === undefined) return 'first';
  return link.state === 'live' ? null : link.reason;
}

export function connectionMessage(
  t: Translate,
  connection: Connection,
  link: LinkStatus | undefined,
): ConnectionMessage {
  const reason = reasonOf(connection, link);
  if (reason === null) return { tone: 'live', short: t('link.live'), summary: '', advice: '' };
  return {
    tone: TONES[reason],
    short: t(`link.${reason}.short`),
    summary: t(`link.${reason}.summary`),
    // No advice before the first attempt has finished.
    advice: reason === 'first' ? '' : t(`link.${reason}.advice`),
  };
}

/** The connection message with the local time of the outage; null while live. */
export function useConnectionStatus(): ConnectionMessage & { readonly since: string | null } {
  const t = useT();
  const { dateTime } = useFormats();
  const connection = useLiveState((state) => state.connection);
  const link = useLiveState(asteriskLink);
  const since = useOfflineSince(dateTime);
  return { ...connectionMessage(t, connection, link), since };
}
