import { DEFAULT_PREFERENCES, FAVOURITES } from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import { createApi } from '../http/api.ts';
import { createFakeGateway } from '../../testing/fake-gateway.ts';
import { favouritesOf, settingsWith } from '../../testing/fixtures.ts';
import { createSettings } from './create-settings.ts';

const SALES = { id: 'g1', name: 'Sales desk', members: ['1101@default'] };

function setup() {
  const gateway = createFakeGateway();
  const onError = vi.fn<(failure: { code: string }) => void>();
  const { sendCommand } = createApi({ fetch: gateway.fetch });
  const settings = createSettings({ sendCommand, accountName: () => 'rita' });
  settings.onError(onError);
  return { gateway, settings, onError, state: () => settings.store.getState() };
}

it('[OB1] shows a change immediately, and sends it for the account', async () => {
  const { gateway, settings, state } = setup();
  settings.updatePreferences({ view: 'table' });
  expect(state().preferences).toEqual({ ...DEFAULT_PREFERENCES, view: 'table' });
  await vi.waitFor(() =>
    expect(gateway.requests.at(-1)?.body).toEqual({ account: 'rita', preferences: { view: 'table' } }),
  );
});

it('[OB1] reverts a failed change, and reports it', async () => {
  const { gateway, settings, state, onError } = setup();
  gateway.failCommand('save-group', 'limit-reached', 'There are too many groups.');
  settings.saveGroup(SALES);
  expect(state().groups).toHaveLength(2);
  await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
  expect(state().groups.map(({ id }) => id)).toEqual([FAVOURITES]);
});

it('[OB1] receives what was changed in another browser', () => {
  const { settings, state } = setup();
  const changed = settingsWith({ density: 'compact' }, [favouritesOf('1102@default'), SALES]);
  expect(settings.receive(changed)).toBe(true);
  expect(state()).toMatchObject(changed);
  expect(settings.receive({ groups: 'none' })).toBe(false);
});

it('[OB1] toggles favourites and reorders groups', () => {
  const { settings, state } = setup();
  settings.toggleFavourite('1103@default');
  settings.toggleFavourite('1101@default');
  settings.toggleFavourite('1103@default');
  settings.saveGroup(SALES);
  settings.reorderGroups(['g1']);
  expect(state().groups).toEqual([SALES, favouritesOf('1101@default')]);
});

it('[KN6] a favourite that is stored by a further number is its entry’s, and toggling it removes it', async () => {
  const { gateway, settings, state } = setup();
  const stored = [favouritesOf('*801101@default', '1102@default', '1101@default'), SALES];
  settings.receive(settingsWith({ watchedExtensions: ['1101@sales', '9@x'] }, stored));
  settings.setAliases(
    new Map([
      ['*801101@default', '1101@default'],
      ['1101@sales', '1101@default'],
    ]),
  );
  expect(state().groups).toEqual([favouritesOf('1101@default', '1102@default'), SALES]);
  expect(state().preferences.watchedExtensions).toEqual(['1101@default', '9@x']);
  expect(settings.toggleFavourite('1101@default')).toBe(false);
  expect(state().groups[0]?.members).toEqual(['1102@default']);
  await vi.waitFor(() => expect(gateway.sent('save-group')).toHaveLength(1));
  expect(gateway.sent('save-group')).toEqual([{ account: 'rita', group: favouritesOf('1102@default') }]);
});

it('[KN6] settings follow the numbers of entries', () => {
  const { settings, state } = setup();
  settings.receive(settingsWith({}, [favouritesOf('1101@default'), SALES]));
  const before = state();
  settings.setAliases(new Map([['1102@sales', '1102@default']]));
  expect(state()).toBe(before);
  settings.setAliases(new Map([['1101@default', '101@default']]));
  expect(state().groups.map(({ members }) => members)).toEqual([['101@default'], ['101@default']]);
  settings.setAliases(new Map());
  expect(state()).toBe(before);
});
