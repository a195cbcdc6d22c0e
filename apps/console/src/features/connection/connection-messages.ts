import { useShallow } from 'zustand/react/shallow';
import {
  allDownSince,
  asteriskLink,
  type Connection,
  type LiveState,
} from '../../data/socket/connection-state.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock, useLiveState, useLocalTime, useOutages } from '../../data/socket/live-context.tsx';
import type { LinkReason, LinkStatus, Pbx } from '@lampboard/protocol';
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

/** Reasons whose advice names settings: of the environment, or of a PBX in lampboard.yaml. */
const ADVICE_WITH_SETTINGS = ['unreachable', 'tls-error', 'rejected', 'login-refused'] as const;

function adviceOf(t: Translate, reason: Reason, isInFile: boolean): string {
  // No advice before the first attempt has finished.
  if (reason === 'first') return '';
  const inFile = ADVICE_WITH_SETTINGS.find((each) => each === reason);
  return t(isInFile && inFile !== undefined ? `link.${inFile}.advice-in-file` : `link.${reason}.advice`);
}

/** The connection to the gateway comes before its link to Asterisk; null while the board is live. */
function reasonOf(connection: Connection, link: LinkStatus | undefined): Reason | null {
  if (connection.state === 'down') return connectionReason(connection);
  if (link === undefined) return 'first';
  return link.state === 'live' ? null : link.reason;
}

/** `isInFile`: the settings of the PBX are in lampboard.yaml. */
export function connectionMessage(
  t: Translate,
  connection: Connection,
  link: LinkStatus | undefined,
  { isInFile = false } = {},
): ConnectionMessage {
  const reason = reasonOf(connection, link);
  if (reason === null) return { tone: 'live', short: t('link.live'), summary: '', advice: '' };
  return {
    tone: TONES[reason],
    short: t(`link.${reason}.short`),
    summary: t(`link.${reason}.summary`),
    advice: adviceOf(t, reason, isInFile),
  };
}

/** The connection message with the local time of the outage; null while any PBX is live. */
export function useConnectionStatus(): ConnectionMessage & { readonly since: string | null } {
  const t = useT();
  const { dateTime } = useFormats();
  const connection = useLiveState((state) => state.connection);
  const link = useLiveState(asteriskLink);
  // Without a file, the only PBX has no name.
  const isInFile = useLiveState(({ board }) =>
    [...(board?.pbxs.values() ?? [])].some(({ name }) => name !== ''),
  );
  const since = useLocalTime(allDownSince(useOutages()), dateTime);
  return { ...connectionMessage(t, connection, link, { isInFile }), since };
}

/** A PBX of several that is not live, with the local time since when. */
export interface PbxOutage extends ConnectionMessage {
  readonly id: string;
  readonly name: string;
  readonly since: string;
  /** The system's error code. */
  readonly code: string | undefined;
}

const NO_PBXS: readonly Pbx[] = [];

function downPbxs({ board, connection }: LiveState): readonly Pbx[] {
  if (board === null || board.pbxs.size < 2 || connection.state === 'down') return NO_PBXS;
  return [...board.pbxs.values()].filter(({ link }) => link.state === 'down');
}

/** Returns those of several PBXs that are not live; none while the page is not connected to the gateway. */
export function usePbxOutages(): readonly PbxOutage[] {
  const t = useT();
  const { dateTime } = useFormats();
  const clock = useClock();
  const offset = useLiveState((state) => state.clockOffset);
  const pbxs = useLiveState(useShallow(downPbxs));
  return pbxs.flatMap(({ id, name, link }) => {
    if (link.state === 'live') return [];
    const message = connectionMessage(t, { state: 'connected' }, link, { isInFile: true });
    return { ...message, id, name, since: dateTime(link.since - offset, clock.now()), code: link.code };
  });
}
