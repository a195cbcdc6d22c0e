import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOfflineSince, useLiveState } from '../../data/socket/live-context.tsx';
import type { LinkReason, LinkStatus } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';
import type { Connection } from '../../data/socket/connection-state.ts';

export interface ConnectionMessage {
  readonly tone: 'live' | 'waiting' | 'down';
  /** For the pill; `since` is put behind it where it helps. */
  readonly short: string;
  readonly summary: string;
  readonly advice: string;
}

/** Why the board is not live: something between Asterisk and the gateway, or between the gateway and this page. */
type Reason = LinkReason | 'first' | 'lost' | 'unanswered' | 'offline' | 'incompatible';

/** Whether that passes by itself, as far as is known; the words are `link.<reason>.…` of the catalogue. */
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

/** Failures in a row after which waiting is no longer the whole story. */
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

/** The nearer break is told first; null while the board is live. */
function reasonOf(connection: Connection, link: LinkStatus | undefined): Reason | null {
  if (connection.state === 'down') return connectionReason(connection);
  if (link === undefined) return 'first';
  return link.state === 'live' ? null : link.reason;
}

/** What the operator needs to know of the way from the telephones to this page. */
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
    summary: t(`link.${reason}.what`),
    // There is nothing to advise before the first attempt has come to anything.
    advice: reason === 'first' ? '' : t(`link.${reason}.advice`),
  };
}

/** The news, and since when by this browser's clock, as text; null while the board is live. */
export function useConnectionStatus(): ConnectionMessage & { readonly since: string | null } {
  const t = useT();
  const { dateTime: dayTime } = useFormats();
  const connection = useLiveState((state) => state.connection);
  const link = useLiveState((state) => state.board?.link);
  const since = useOfflineSince(dayTime);
  return { ...connectionMessage(t, connection, link), since };
}
