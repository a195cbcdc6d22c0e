import type { Extension, Me } from '@lampboard/protocol';
import { act, cleanup, configure, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import { ApiProvider } from '../data/http/api-context.tsx';
import { createApi } from '../data/http/api.ts';
import { createLazyQueryClient } from '../data/http/lazy-query-client.ts';
import { createSession } from '../data/http/session.ts';
import { createSettings } from '../data/preferences/create-settings.ts';
import { SettingsProvider } from '../data/preferences/settings-context.tsx';
import { createClock } from '../data/socket/clock.ts';
import { LiveProvider } from '../data/socket/live-context.tsx';
import { DraftsProvider } from '../entities/presence-draft/drafts-context.tsx';
import { createDrafts } from '../entities/presence-draft/drafts.ts';
import { DeskSessionProvider } from '../features/desk/desk-session.tsx';
import { messages as adminMessages } from '../i18n/catalogues/admin/en.ts';
import { messages as helpMessages } from '../i18n/catalogues/help/en.ts';
import { addMessages } from '../i18n/translate.ts';
import { createToastStore, ToastProvider } from '../ui/toaster.tsx';
import { type FakeGateway, RITA, createFakeGateway } from './fake-gateway.ts';
import { createFakeLive } from './fake-live.ts';
import { snapshotWith } from './fixtures.ts';

addMessages(adminMessages);
addMessages(helpMessages);
// Generous, since the machine may be slow.
configure({ asyncUtilTimeout: 5000 });
afterEach(cleanup);

interface RenderOptions {
  me?: Me | null;
  gateway?: FakeGateway;
}

/** Renders components on a fake transport, signed in as `me`; null for signed out. */
export function renderLive(
  renderContent: () => ReactNode,
  { me = RITA, gateway = createFakeGateway() }: RenderOptions = {},
) {
  const api = createApi({ fetch: gateway.fetch, onSignedOut: () => void session.check() });
  const session = createSession({ fetchMe: api.me });
  const settings = createSettings({ sendCommand: api.sendCommand, accountName: () => me?.name ?? null });
  const fake = createFakeLive({
    onMe: session.setSignedIn,
    onSettings: settings.receive,
    onAliases(aliases) {
      session.setAliases(aliases);
      settings.setAliases(aliases);
      drafts.setAliases(aliases);
    },
    onSessionUncertain: () => void session.check(),
  });
  const clock = createClock({ read: () => fake.timers.now });
  const lazyQueryClient = createLazyQueryClient();
  const drafts = createDrafts();
  if (me !== null) session.setSignedIn(me);
  /** Runs an action on the transport, and renders its effects. */
  const happens = (action: () => void): Promise<void> =>
    act(async () => {
      action();
      // Pings, since the test may have advanced the clock.
      fake.ping();
      fake.timers.advance(16);
      await Promise.resolve();
    });
  /** Waits until the page's clock, which ticks each second, shows a time. */
  const tick = (time: number): Promise<void> =>
    act(async () => {
      fake.timers.now = time;
      let stop: () => void = () => undefined;
      await new Promise<void>((resolve) => {
        stop = clock.subscribe(resolve);
      });
      stop();
    });
  render(
    <ApiProvider api={api} session={session} lazyQueryClient={lazyQueryClient}>
      <LiveProvider live={fake.live} clock={clock}>
        <SettingsProvider settings={settings}>
          <DraftsProvider drafts={drafts}>
            <ToastProvider toasts={createToastStore()}>
              <DeskSessionProvider>{renderContent()}</DeskSessionProvider>
            </ToastProvider>
          </DraftsProvider>
        </SettingsProvider>
      </LiveProvider>
    </ApiProvider>,
  );
  const user = userEvent.setup();
  const { sent } = gateway;
  return {
    ...fake,
    user,
    clock,
    settings,
    api,
    session,
    drafts,
    gateway,
    sent,
    lazyQueryClient,
    happens,
    tick,
  };
}

/** Renders components, and opens a board with these extensions. */
export async function renderBoard(
  renderContent: () => ReactNode,
  extensions: readonly Extension[],
  options?: RenderOptions,
  snapshot?: Parameters<typeof snapshotWith>[1],
) {
  const page = renderLive(renderContent, options);
  await page.happens(() => page.open(snapshotWith(extensions, snapshot)));
  return page;
}

export const tileIds = () =>
  [...document.querySelectorAll<HTMLElement>('[data-extension]')].map(({ dataset }) => dataset['extension']);
