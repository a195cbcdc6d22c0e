import type { Me } from '@lampboard/protocol';
import { act, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ApiProvider } from '../data/http/api-context.tsx';
import { type Api, createApi } from '../data/http/api.ts';
import { type LazyQueryClient, createLazyQueryClient } from '../data/http/lazy-query-client.ts';
import { type Session, createSession } from '../data/http/session.ts';
import { type FakeGateway, RITA, createFakeGateway } from './fake-gateway.ts';
import { type Settings, createSettings } from '../data/settings/create-settings.ts';
import { SettingsProvider } from '../data/settings/settings-context.tsx';
import { createToastStore, ToastProvider } from '../ui/toaster.tsx';
import { type Clock, createClock } from '../data/socket/clock.ts';
import { type FakeLive, createFakeLive } from './fake-live.ts';
import { LiveProvider } from '../data/socket/live-context.tsx';

// Generous, since the machine may be slow.
configure({ asyncUtilTimeout: 5000 });

interface FakePage extends FakeLive {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly api: Api;
  readonly session: Session;
  readonly gateway: FakeGateway;
  readonly lazyQueryClient: LazyQueryClient;
  /** Runs an action on the transport, and renders its effects. */
  happens: (action: () => void) => Promise<void>;
}

/** Renders components on a fake transport, signed in as `me`; null for signed out. */
export function renderLive(
  renderContent: (page: FakePage) => ReactNode,
  { me = RITA, gateway = createFakeGateway() }: { me?: Me | null; gateway?: FakeGateway } = {},
): FakePage {
  const api = createApi({ fetch: gateway.fetch, onSignedOut: () => void session.check() });
  const session = createSession({ fetchMe: api.me });
  const settings = createSettings({ sendCommand: api.sendCommand, accountName: () => me?.name ?? null });
  const fake = createFakeLive({
    onMe: session.setSignedIn,
    onSettings: settings.receive,
    onSessionUncertain: () => void session.check(),
  });
  const clock = createClock({ read: () => fake.timers.now });
  const lazyQueryClient = createLazyQueryClient();
  if (me !== null) session.setSignedIn(me);
  const page: FakePage = {
    ...fake,
    clock,
    settings,
    api,
    session,
    gateway,
    lazyQueryClient,
    happens: async (action) => {
      await act(async () => {
        action();
        // Pings, since the test may have advanced the clock.
        fake.ping();
        fake.timers.advance(16);
        await Promise.resolve();
      });
    },
  };
  render(
    <ApiProvider api={api} session={session} lazyQueryClient={lazyQueryClient}>
      <LiveProvider live={fake.live} clock={clock}>
        <SettingsProvider settings={settings}>
          <ToastProvider toasts={createToastStore()}>{renderContent(page)}</ToastProvider>
        </SettingsProvider>
      </LiveProvider>
    </ApiProvider>,
  );
  return page;
}
