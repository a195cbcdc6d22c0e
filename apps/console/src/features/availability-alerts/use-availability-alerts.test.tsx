import type { Extension, Preferences } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { patch, settingsWith, snapshotWith, testExtension } from '../../testing/fixtures.ts';
import { AlertToggle } from './alert-toggle.tsx';
import { useAvailabilityAlerts } from './use-availability-alerts.ts';

const ID = '1101@default';
const notificationShown = vi.fn<(text: string, options?: NotificationOptions) => void>();
const permissionRequested = vi.fn<() => Promise<NotificationPermission>>(() => Promise.resolve('granted'));
const played = vi.fn<(frequency: number) => void>();

function withBrowser(permission: NotificationPermission): void {
  class FakeNotification extends EventTarget {
    static readonly permission = permission;
    static readonly requestPermission = permissionRequested;
    constructor(text: string, options?: NotificationOptions) {
      super();
      notificationShown(text, options);
    }
  }
  vi.stubGlobal('Notification', FakeNotification);
  const node = { connect: () => node, start: () => {}, stop: () => {} };
  const audio = { state: 'running', currentTime: 0, destination: {}, close: () => Promise.resolve() };
  vi.stubGlobal('AudioContext', function FakeAudio() {
    return audio;
  });
  vi.stubGlobal('OscillatorNode', function FakeTone(_: unknown, { frequency }: { frequency: number }) {
    played(frequency);
    return node;
  });
  vi.stubGlobal('GainNode', function FakeGain() {
    const gain = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} };
    return { ...node, gain: { ...gain, exponentialRampToValueAtTime: () => {} } };
  });
}

beforeEach(() => {
  withBrowser('granted');
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  for (const spy of [notificationShown, permissionRequested, played]) spy.mockClear();
});

function Watch({ onOpen }: { onOpen: (id: string) => void }) {
  useAvailabilityAlerts({ onOpen, onAlert: () => undefined });
  return <AlertToggle id={ID} />;
}

async function opened(
  extension: Partial<Extension>,
  preferences: Partial<Preferences> = { watchedExtensions: [ID] },
) {
  const onOpen = vi.fn<(id: string) => void>();
  const page = renderLive(() => <Watch onOpen={onOpen} />);
  await page.happens(() => page.sendSettings(settingsWith(preferences)));
  await page.happens(() => page.open(snapshotWith([testExtension('1101', extension)])));
  const lamp = (value: Extension['lamp']) =>
    page.happens(() => page.change(patch(ID, { lamp: value, lampSince: 0 })));
  const watchedIds = () => page.settings.store.getState().preferences.watchedExtensions;
  return { ...page, lamp, watchedIds, onOpen };
}

it('[TM1] notifies once when a watched extension is free, opens it, and stops watching', async () => {
  const { lamp, watchedIds, onOpen, user } = await opened({ lamp: 'in-use' });
  expect(screen.queryByText(/is reachable now/u)).toBeNull();
  await lamp('idle');
  expect(screen.getAllByText('Name 1101 is reachable now')).toHaveLength(1);
  expect(watchedIds()).toEqual([]);
  await lamp('in-use');
  await lamp('idle');
  expect(notificationShown).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('button', { name: 'Open' }));
  expect(onOpen).toHaveBeenCalledWith(ID);
});

it('[TM1] notifies once each time, although the end of the alert can’t be stored', async () => {
  const { gateway, lamp, watchedIds } = await opened({ lamp: 'in-use' });
  gateway.failCommand('set-preferences', 'store-unavailable', 'Not now.', 503);
  await lamp('idle');
  await vi.waitFor(() => expect([gateway.sent('set-preferences').length, watchedIds()]).toEqual([1, [ID]]));
  expect(notificationShown).toHaveBeenCalledOnce();
  await lamp('in-use');
  await lamp('idle');
  expect(notificationShown).toHaveBeenCalledTimes(2);
});

it('[TM1] does not notify for a last known state', async () => {
  const { happens, breakOff, settings, open } = await opened({ lamp: 'in-use' }, {});
  await happens(() => open(snapshotWith([testExtension('1101')], { epoch: 'e2' })));
  await happens(breakOff);
  await happens(() => settings.updatePreferences({ watchedExtensions: [ID] }));
  expect(screen.queryByText(/is reachable now/u)).toBeNull();
  await happens(() => open(snapshotWith([testExtension('1101')], { epoch: 'e3' })));
  expect(screen.getByText('Name 1101 is reachable now')).toBeDefined();
});

it('[TM2] plays two soft notes and shows a notification, in one page only', async () => {
  const { lamp } = await opened({ lamp: 'in-use' });
  await lamp('idle');
  await vi.waitFor(() => expect(played).toHaveBeenCalledTimes(2));
  expect(notificationShown).toHaveBeenCalledWith(
    'Name 1101 is reachable now',
    expect.objectContaining({ tag: 'lampboard.alert.1101@default' }),
  );
});

/** Locks that are never released, as all pages of one host name share them. */
function withSharedLocks(): void {
  const held = new Set<string>();
  const request: LockManager['request'] = (name: string, ...[, callback]: unknown[]) => {
    const lock = held.has(name) ? null : { name };
    held.add(name);
    return typeof callback === 'function' ? callback(lock) : Promise.resolve();
  };
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } });
}

it('[SP2] two Lampboards on one host name do not silence each other’s notifications', async () => {
  withSharedLocks();
  const base = document.createElement('meta');
  base.name = 'base-path';
  document.head.append(base);
  const shownAt = async (path: string) => {
    base.content = path;
    const { lamp } = await opened({ lamp: 'in-use' });
    await lamp('idle');
    cleanup();
    return notificationShown.mock.calls.length;
  };
  expect([await shownAt('/berlin/'), await shownAt('/berlin/'), await shownAt('/bonn/')]).toEqual([1, 1, 2]);
  expect(notificationShown.mock.lastCall?.[1]).toMatchObject({ icon: '/bonn/favicon.svg' });
  base.remove();
});

it('[TM2] shows no notification without permission or with focus, and plays no sound if it is off', async () => {
  withBrowser('denied');
  const { lamp } = await opened({ lamp: 'in-use' }, { watchedExtensions: [ID], alertSound: false });
  await lamp('idle');
  expect(screen.getByText('Name 1101 is reachable now')).toBeDefined();
  cleanup();
  withBrowser('granted');
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const other = await opened({ lamp: 'in-use' }, { watchedExtensions: [ID], alertSound: false });
  await other.lamp('idle');
  expect([notificationShown.mock.calls.length, played.mock.calls.length]).toEqual([0, 0]);
});

it('[TM1] shows the toggles for a person who is not free; the first click requests permission', async () => {
  withBrowser('default');
  const { user, watchedIds, settings, lamp } = await opened({ lamp: 'in-use' }, {});
  const toggle = () => screen.getByRole('button', { name: 'Notify me when reachable' });
  await user.click(toggle());
  expect([watchedIds(), toggle().getAttribute('aria-pressed')]).toEqual([[ID], 'true']);
  expect(permissionRequested).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('button', { name: 'Sound' }));
  expect(settings.store.getState().preferences.alertSound).toBe(false);
  await user.click(toggle());
  expect(watchedIds()).toEqual([]);
  await lamp('idle');
  expect(screen.queryByRole('button', { name: 'Notify me when reachable' })).toBeNull();
});
