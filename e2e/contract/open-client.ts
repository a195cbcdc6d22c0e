import { type AmiClient, type AmiEvent, type AmiState, type AmiTls, createAmiClient } from '@lampboard/ami';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { UserName } from '../pbx/users.ts';
import { createWaiters } from '../processes/waiters.ts';

/** An `ami` client, and all that it told. */
export interface ClientUnderTest {
  client: AmiClient;
  states: readonly AmiState[];
  events: readonly AmiEvent[];
  /** Events that may have been typed by somebody: whom they name. */
  doubted: readonly AmiEvent[];
  /** The state as of now, or the next to come, of this kind. */
  untilState(kind: AmiState['kind'], ms?: number): Promise<AmiState>;
  /** The first event from `from` on (an index, all by default) that passes. */
  untilEvent(passes: (event: AmiEvent) => boolean, from?: number): Promise<AmiEvent>;
  /** Any condition of what it told. */
  until(what: string, holds: () => boolean, ms?: number): Promise<void>;
}

const EVENTS = ['ExtensionStatus', 'DeviceStateChange', 'PresenceStateChange', 'Reload', 'Shutdown'];

/** Opens a client; the caller closes it. `onLive` is called at the very moment it says `live`. */
export function openClient(options: {
  pbx: Pick<PbxUnderTest, 'amiPort' | 'users'>;
  user?: UserName;
  secret?: string;
  tls?: AmiTls;
  onLive?: (client: AmiClient) => void;
}): ClientUnderTest {
  const { pbx, user = 'lampboard', secret = pbx.users[user].secret, tls, onLive } = options;
  const states: AmiState[] = [];
  const events: AmiEvent[] = [];
  const waiters = createWaiters();
  const doubted: AmiEvent[] = [];
  const client = createAmiClient({
    host: '127.0.0.1',
    port: pbx.amiPort,
    username: user,
    secret,
    ...(tls === undefined ? {} : { tls }),
    events: EVENTS,
    pingEveryMs: 500,
    silenceMs: 3_000,
    loginTimeoutMs: 3_000,
  });
  client.start({
    onState(state) {
      states.push(state);
      if (state.kind === 'live') {
        client.resetBackOff();
        onLive?.(client);
      }
      waiters.look();
    },
    onEvent(event) {
      events.push(event);
      waiters.look();
    },
    onDoubted(subject) {
      doubted.push(subject);
      waiters.look();
    },
    onGap() {},
  });
  const kinds = (): string => states.map(({ kind }) => kind).join(' ');
  return {
    client,
    states,
    events,
    doubted,
    untilState: async (kind, ms = 20_000) =>
      waiters.wait({
        what: () => `state ${kind} (states so far: ${kinds()})`,
        ms,
        probe: () => (states.at(-1)?.kind === kind ? states.at(-1) : undefined),
      }),
    untilEvent: async (passes, from = 0) =>
      waiters.wait({
        what: () => `such an event among ${events.length - from}, latest ${JSON.stringify(events.at(-1))}`,
        ms: 20_000,
        probe: () => events.slice(from).find(passes),
      }),
    until: async (what, holds, ms = 20_000) =>
      waiters.wait({ what: () => what, ms, probe: () => holds() || undefined }).then(() => undefined),
  };
}
