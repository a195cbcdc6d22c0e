import type { Me } from '@lampboard/protocol';
import { act, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ApiProvider } from '../../api/api-context.tsx';
import { type Api, createApi } from '../../api/api.ts';
import { type Queries, createQueries } from '../../api/queries.ts';
import { type Session, createSession } from '../../api/session.ts';
import { type FakeGateway, RITA, createFakeGateway } from '../../api/testing/fake-gateway.ts';
import { type Own, createOwn } from '../../own/create-own.ts';
import { OwnProvider } from '../../own/own-context.tsx';
import { createNotices } from '../../ui/create-notices.ts';
import { NoticesProvider } from '../../ui/notices.tsx';
import { type Clock, createClock } from '../clock.ts';
import { type FakeLive, createFakeLive } from './fake-live.ts';
import { LiveProvider } from '../live-context.tsx';

// What is waited for comes as soon as the machine has time for it.
configure({ asyncUtilTimeout: 5000 });

interface FakePage extends FakeLive {
  readonly clock: Clock;
  readonly own: Own;
  readonly api: Api;
  readonly session: Session;
  readonly gateway: FakeGateway;
  readonly queries: Queries;
  /** Lets something happen on the wire, and draws what comes of it. */
  happens: (what: () => void) => Promise<void>;
}

/** Renders a part of the page on a wire that a test holds in its hands; `me` is signed in, null for nobody. */
export function renderLive(
  part: (page: FakePage) => ReactNode,
  { me = RITA, gateway = createFakeGateway() }: { me?: Me | null; gateway?: FakeGateway } = {},
): FakePage {
  const api = createApi({ fetch: gateway.fetch, onSignedOut: () => void session.check() });
  const session = createSession({ askMe: api.me });
  const own = createOwn({ ask: api.ask, accountName: () => me?.name ?? null });
  const fake = createFakeLive({
    onMe: session.arrived,
    onOwn: own.arrived,
    onDoubt: () => void session.check(),
  });
  const clock = createClock({ read: () => fake.timers.now });
  const queries = createQueries();
  if (me !== null) session.arrived(me);
  const page: FakePage = {
    ...fake,
    clock,
    own,
    api,
    session,
    gateway,
    queries,
    happens: async (what) => {
      await act(async () => {
        what();
        // However far a test has put the clock: the gateway has not been silent.
        fake.heard();
        fake.timers.pass(16);
        await Promise.resolve();
      });
    },
  };
  render(
    <ApiProvider api={api} session={session} queries={queries}>
      <LiveProvider live={fake.live} clock={clock}>
        <OwnProvider own={own}>
          <NoticesProvider notices={createNotices()}>{part(page)}</NoticesProvider>
        </OwnProvider>
      </LiveProvider>
    </ApiProvider>,
  );
  return page;
}
