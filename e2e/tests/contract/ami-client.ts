import { type AmiClient, type AmiEvent, type AmiState, type AmiTls, createAmiClient } from '@lampboard/ami';
import type { PbxUnderTest, UserName } from '../../testkit/pbx/pbx-under-test.ts';
import { createEventWaiter } from '../../testkit/processes/event-waiter.ts';

/** An `ami` client, and all that it told. */
export interface ClientUnderTest {
  client: AmiClient;
  states: readonly AmiState[];
  events: readonly AmiEvent[];
  /** Events that may have been typed by somebody: whom they name. */
  untrusted: readonly AmiEvent[];
  /** The state as of now, or the next to come, of this kind. */
  waitForState(kind: AmiState['kind'], ms?: number): Promise<AmiState>;
  /** The first event from `from` on (an index, all by default) that passes. */
  waitForEvent(predicate: (event: AmiEvent) => boolean, from?: number): Promise<AmiEvent>;
  /** Any condition of what it told. */
  waitUntil(what: string, condition: () => boolean, ms?: number): Promise<void>;
}

const EVENTS = ['ExtensionStatus', 'DeviceStateChange', 'PresenceStateChange', 'Reload', 'Shutdown'];

/** Opens a client; the caller closes it. `onLive` is called at the very moment it says `live`. */
export function startAmiClient(options: {
  pbx: Pick<PbxUnderTest, 'amiPort' | 'users'>;
  user?: UserName;
  secret?: string;
  tls?: AmiTls;
  onLive?: (client: AmiClient) => void;
}): ClientUnderTest {
  const { pbx, user = 'lampboard', secret = pbx.users[user].secret, tls, onLive } = options;
  const states: AmiState[] = [];
  const events: AmiEvent[] = [];
  const waiters = createEventWaiter();
  const untrusted: AmiEvent[] = [];
  const client = createAmiClient({
    host: '127.0.0.1',
    port: pbx.amiPort,
    username: user,
    secret,
    ...(tls === undefined ? {} : { tls }),
    events: EVENTS,
    pingIntervalMs: 500,
    inactivityTimeoutMs: 3_000,
    loginTimeoutMs: 3_000,
  });
  client.start({
    onState(state) {
      states.push(state);
      if (state.kind === 'live') {
        client.resetBackoff();
        onLive?.(client);
      }
      waiters.check();
    },
    onEvent(event) {
      events.push(event);
      waiters.check();
    },
    onUntrustedEvent(subject) {
      untrusted.push(subject);
      waiters.check();
    },
    onResyncNeeded() {},
  });
  const kinds = (): string => states.map(({ kind }) => kind).join(' ');
  return {
    client,
    states,
    events,
    untrusted,
    waitForState: async (kind, ms = 20_000) =>
      waiters.wait({
        what: () => `state ${kind} (states so far: ${kinds()})`,
        ms,
        probe: () => (states.at(-1)?.kind === kind ? states.at(-1) : undefined),
      }),
    waitForEvent: async (predicate, from = 0) =>
      waiters.wait({
        what: () => `such an event among ${events.length - from}, latest ${JSON.stringify(events.at(-1))}`,
        ms: 20_000,
        probe: () => events.slice(from).find(predicate),
      }),
    waitUntil: async (what, condition, ms = 20_000) =>
      waiters.wait({ what: () => what, ms, probe: () => condition() || undefined }).then(() => undefined),
  };
}
