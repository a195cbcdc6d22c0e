import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AmiClient,
  type AmiEndpoint,
  type AmiEvent,
  type AmiProfile,
  type Connection,
  openConnection,
} from '@lampboard/ami';
import type { LinkReason } from '@lampboard/protocol';
import { BOARD_EVENTS, BOARD_PROFILE } from '../asterisk/translate.ts';

const LOGIN_TIMEOUT_MS = 5000;
const ACTION_TIMEOUT_MS = 5000;
const LIST_TIMEOUT_MS = 30_000;
/** Asterisk sends it right after the login, if it has booted. */
const BOOT_EVENT_TIMEOUT_MS = 1000;

/** Events of the classes `call` and `system` that the board does not need, and that a filter keeps away. */
const UNNEEDED_EVENTS = [
  'BridgeCreate',
  'BridgeDestroy',
  'BridgeEnter',
  'BridgeLeave',
  'ContactStatus',
  'DialBegin',
  'DialEnd',
  'Hangup',
  'NewCallerid',
  'NewConnectedLine',
  'Newchannel',
  'Newstate',
  'PeerStatus',
  'PresenceStatus',
  'Registry',
];

const PROFILE: AmiProfile = {
  ...BOARD_PROFILE,
  subscriptions: [
    ...BOARD_PROFILE.subscriptions,
    ...['FullyBooted', ...UNNEEDED_EVENTS].map((name) => ({ name, identifiedBy: [] })),
  ],
};

/** One session with Asterisk, which changes nothing there. */
export interface AmiSession extends Pick<AmiClient, 'send' | 'list'> {
  /** Headers by lower-case name: the actions that the account may use. */
  readonly actions: Readonly<Record<string, string>>;
  /** Asterisk announced that it has booted, which takes read class `system`. */
  readonly hasBootEvent: boolean;
  /** Returns how many events of this name have arrived. */
  eventCount(name: string): number;
  unneededEvents(): readonly string[];
  /** Asterisk sent more than a list may have, and was disconnected. */
  isOverrun(): boolean;
  close(): void;
}

export type SessionResult =
  | { readonly ok: true; readonly value: AmiSession }
  | { readonly ok: false; readonly reason: LinkReason; readonly code: string | null };

/** Logs in once. It filters events as a gateway does where the account may, so that it receives the same. */
export async function openAmiSession(endpoint: AmiEndpoint): Promise<SessionResult> {
  const counts = new Map<string, number>();
  let onBooted = () => {};
  const booted = new Promise<void>((resolve) => (onBooted = resolve));
  const countEvent = ({ name }: AmiEvent) => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (name === 'FullyBooted') onBooted();
  };
  const connection = openConnection({
    endpoint,
    profile: PROFILE,
    loginTimeoutMs: LOGIN_TIMEOUT_MS,
    onEvent: countEvent,
    onUntrustedEvent: countEvent,
  });
  const outcome = await connection.login;
  if (outcome !== 'accepted') {
    connection.close();
    const isCoded = outcome === 'unreachable' || outcome === 'tls-error';
    return { ok: false, reason: outcome, code: isCoded ? await connection.closed : null };
  }
  const { send, list } = actionsOf(connection);
  const [commands] = await Promise.all([
    send({ Action: 'ListCommands' }),
    send({ Action: 'Events', EventMask: 'call,system' }),
    Promise.race([booted, sleep(BOOT_EVENT_TIMEOUT_MS)]),
  ]);
  if (!commands.ok) {
    connection.close();
    const reason = commands.code === 'timeout' ? 'unresponsive' : 'unreachable';
    return { ok: false, reason, code: null };
  }
  const actions = commands.value;
  if (actions['filter'] !== undefined)
    await send({ Action: 'Filter', Operation: 'Add', Filter: `^Event: (${BOARD_EVENTS.join('|')})` });
  return {
    ok: true,
    value: {
      send,
      list,
      actions,
      hasBootEvent: counts.has('FullyBooted'),
      eventCount: (name) => counts.get(name) ?? 0,
      unneededEvents: () => UNNEEDED_EVENTS.filter((name) => counts.has(name)),
      isOverrun: connection.isOverrun,
      close: connection.close,
    },
  };
}

function actionsOf(connection: Connection): Pick<AmiClient, 'send' | 'list'> {
  return {
    async send(action) {
      const result = await connection.request(action, ACTION_TIMEOUT_MS);
      return result.ok ? { ok: true, value: result.value.response } : result;
    },
    async list(action) {
      const result = await connection.request(action, LIST_TIMEOUT_MS, true);
      return result.ok ? { ok: true, value: result.value.items } : result;
    },
  };
}
