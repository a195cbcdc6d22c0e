import { type AmiClient, type AmiEvent, type AmiState, type AmiTls, createAmiClient } from '@lampboard/ami';
import { TEST_PROFILE } from '../../testkit/ami/test-profile.ts';
import type { PbxUnderTest, UserName } from '../../testkit/pbx/pbx-under-test.ts';
import { createEventWaiter } from '../../testkit/processes/event-waiter.ts';

/** An `ami` client with all that it reported. */
export type ClientUnderTest = ReturnType<typeof startAmiClient>;

/** Starts a client; the caller closes it. `onLive` is called when it becomes `live`. */
export function startAmiClient(options: {
  pbx: Pick<PbxUnderTest, 'amiPort' | 'users'>;
  user?: UserName;
  secret?: string;
  tls?: AmiTls;
  onLive?: (client: AmiClient) => void;
}) {
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
    profile: {
      ...TEST_PROFILE,
      subscriptions: [...TEST_PROFILE.subscriptions, { name: 'Shutdown', identifiedBy: [] }],
    },
    pingIntervalMs: 500,
    inactivityTimeoutMs: 3_000,
    loginTimeoutMs: 3_000,
  });
  function addTo<T>(list: T[], item: T): void {
    list.push(item);
    waiters.check();
  }
  client.start({
    onState(state) {
      if (state.kind === 'live') {
        client.resetBackoff();
        onLive?.(client);
      }
      addTo(states, state);
    },
    onEvent: (event) => addTo(events, event),
    onUntrustedEvent: (subject) => addTo(untrusted, subject),
    onResyncNeeded() {},
  });
  return {
    client,
    states,
    events,
    untrusted,
    /** Returns the current or the next state of this kind. */
    waitForState: async (kind: AmiState['kind'], ms = 20_000) =>
      waiters.wait(
        () => `state ${kind} (states so far: ${states.map((state) => state.kind).join(' ')})`,
        () => (states.at(-1)?.kind === kind ? states.at(-1) : undefined),
        ms,
      ),
    /** Returns the first matching event from the index `from` on. */
    waitForEvent: async (predicate: (event: AmiEvent) => boolean, from = 0) =>
      waiters.wait(
        () => `such an event among ${events.length - from}, latest ${JSON.stringify(events.at(-1))}`,
        () => events.slice(from).find(predicate),
        20_000,
      ),
    waitUntil: (what: string, condition: () => boolean, ms = 20_000) =>
      waiters.wait(
        () => what,
        () => condition() || undefined,
        ms,
      ),
    stop: () => client.close(),
  };
}
