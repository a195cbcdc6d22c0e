import { DEFAULT_PREFERENCES, type ExtensionRow, FAVOURITES, type Preferences } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeGateway } from '../../api/testing/fake-gateway.ts';
import { renderLive } from '../../live/testing/render-live.tsx';
import { rowOf } from '../../live/testing/row-of.ts';
import { snapshotWith } from '../../live/testing/snapshot-with.ts';
import { TellMeToggle } from './tell-me-toggle.tsx';
import { useTellMe } from './use-tell-me.ts';

const ID = '1101@default';
const shown = vi.fn<(text: string, options?: NotificationOptions) => void>();
const asked = vi.fn<() => Promise<NotificationPermission>>(() => Promise.resolve('granted'));
const played = vi.fn<(frequency: number) => void>();

/** The browser's notifications and sounds, as far as they are used. */
function withBrowser(permission: NotificationPermission): void {
  class FakeNotification extends EventTarget {
    static readonly permission = permission;
    static readonly requestPermission = asked;
    constructor(text: string, options?: NotificationOptions) {
      super();
      shown(text, options);
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
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  for (const spy of [shown, asked, played]) spy.mockClear();
});

function Watch({ onOpen }: { onOpen: (id: string) => void }) {
  useTellMe(onOpen);
  return <TellMeToggle id={ID} />;
}

async function opened(row: Partial<ExtensionRow>, preferences: Partial<Preferences> = { tellMe: [ID] }) {
  const gateway = createFakeGateway();
  gateway.answer('POST /api/commands/set-preferences', { reply: { ok: true, value: null } });
  const onOpen = vi.fn<(id: string) => void>();
  const page = renderLive(() => <Watch onOpen={onOpen} />, { gateway });
  const groups = [{ id: FAVOURITES, name: '', members: [] }];
  await page.happens(
    () => void page.own.arrived({ preferences: { ...DEFAULT_PREFERENCES, ...preferences }, groups }),
  );
  await page.happens(() => page.open(snapshotWith([rowOf('1101', row)])));
  const lamp = (value: ExtensionRow['lamp'], seq: number) =>
    page.happens(() =>
      page.frame({ epoch: 'e1', seq, changes: [{ kind: 'lamp', id: ID, lamp: value, since: 0 }] }),
    );
  const tellMe = () => page.own.store.getState().preferences.tellMe;
  return { ...page, lamp, tellMe, onOpen, user: userEvent.setup() };
}

it('[TM1] tells once when somebody can be reached, leads there, and waits for them no more', async () => {
  const { lamp, tellMe, onOpen, user } = await opened({ lamp: 'in-use' });
  expect(screen.queryByText(/can be reached now/u)).toBeNull();
  await lamp('idle', 1);
  expect(screen.getAllByText('Name 1101 can be reached now')).toHaveLength(1);
  expect(tellMe()).toEqual([]);
  await lamp('in-use', 2);
  await lamp('idle', 3);
  expect(shown).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('button', { name: 'Open' }));
  expect(onOpen).toHaveBeenCalledWith(ID);
});

it('[TM1] never by what is only last known', async () => {
  const { happens, breakOff, own, open } = await opened({ lamp: 'in-use' }, {});
  await happens(() => open(snapshotWith([rowOf('1101')], { epoch: 'e2' })));
  await happens(breakOff);
  await happens(() => own.prefer({ tellMe: [ID] }));
  expect(screen.queryByText(/can be reached now/u)).toBeNull();
  await happens(() => open(snapshotWith([rowOf('1101')], { epoch: 'e3' })));
  expect(screen.getByText('Name 1101 can be reached now')).toBeDefined();
});

it('[TM2] with two soft notes and a notification, of which one page alone shows one', async () => {
  const { lamp } = await opened({ lamp: 'in-use' });
  await lamp('idle', 1);
  await vi.waitFor(() => expect(played).toHaveBeenCalledTimes(2));
  expect(shown).toHaveBeenCalledWith(
    'Name 1101 can be reached now',
    expect.objectContaining({ tag: 'lampboard.tell-me.1101@default' }),
  );
});

it('[TM2] without a notification where it is not permitted or the page is looked at, without a sound where it is off', async () => {
  withBrowser('denied');
  const { lamp } = await opened({ lamp: 'in-use' }, { tellMe: [ID], sound: false });
  await lamp('idle', 1);
  expect(screen.getByText('Name 1101 can be reached now')).toBeDefined();
  cleanup();
  withBrowser('granted');
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const other = await opened({ lamp: 'in-use' }, { tellMe: [ID], sound: false });
  await other.lamp('idle', 1);
  expect([shown.mock.calls.length, played.mock.calls.length]).toEqual([0, 0]);
});

it('[TM1] the switch is beside who cannot be reached, with that for the sound; the first click asks for permission', async () => {
  withBrowser('default');
  const { user, tellMe, own, lamp } = await opened({ lamp: 'in-use' }, {});
  const toggle = () => screen.getByRole('button', { name: 'Tell me when reachable' });
  await user.click(toggle());
  expect([tellMe(), toggle().getAttribute('aria-pressed')]).toEqual([[ID], 'true']);
  expect(asked).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('button', { name: 'With a sound' }));
  expect(own.store.getState().preferences.sound).toBe(false);
  await user.click(toggle());
  expect(tellMe()).toEqual([]);
  await lamp('idle', 1);
  expect(screen.queryByRole('button', { name: 'Tell me when reachable' })).toBeNull();
});
