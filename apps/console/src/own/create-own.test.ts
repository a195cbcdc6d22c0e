import { DEFAULT_PREFERENCES, FAVOURITES } from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import { createApi } from '../api/api.ts';
import { createFakeGateway } from '../api/testing/fake-gateway.ts';
import { createOwn } from './create-own.ts';

const KEPT = { reply: { ok: true, value: null } };
const REFUSED = { reply: { ok: false, code: 'full', message: 'There are as many groups as there may be.' } };
const SALES = { id: 'g1', name: 'Sales desk', members: ['1101@default'] };

function opened() {
  const gateway = createFakeGateway();
  const onRefused = vi.fn<(failure: { code: string }) => void>();
  const { ask } = createApi({ fetch: gateway.fetch });
  const own = createOwn({ ask, accountName: () => 'rita' });
  own.onRefused(onRefused);
  return { gateway, own, onRefused, state: () => own.store.getState() };
}

it('[OB1] a change shows at once, and is sent for the account', async () => {
  const { gateway, own, state } = opened();
  gateway.answer('POST /api/commands/set-preferences', KEPT);
  own.prefer({ view: 'table' });
  expect(state().preferences).toEqual({ ...DEFAULT_PREFERENCES, view: 'table' });
  await vi.waitFor(() =>
    expect(gateway.asked.at(-1)?.body).toEqual({ account: 'rita', preferences: { view: 'table' } }),
  );
});

it('[OB1] what is refused is taken back, and told', async () => {
  const { gateway, own, state, onRefused } = opened();
  gateway.answer('POST /api/commands/save-group', REFUSED);
  own.saveGroup(SALES);
  expect(state().groups).toHaveLength(2);
  await vi.waitFor(() => expect(onRefused).toHaveBeenCalledOnce());
  expect(state().groups.map(({ id }) => id)).toEqual([FAVOURITES]);
});

it('[OB1] what was changed at another computer is here', () => {
  const { own, state } = opened();
  const groups = [{ id: FAVOURITES, name: '', members: ['1102@default'] }, SALES];
  expect(own.arrived({ preferences: { ...DEFAULT_PREFERENCES, density: 'compact' }, groups })).toBe(true);
  expect(state()).toMatchObject({ preferences: { density: 'compact' }, groups });
  expect(own.arrived({ groups: 'none' })).toBe(false);
});

it('[OB1] favourites and the order of groups', () => {
  const { gateway, own, state } = opened();
  gateway.answer('POST /api/commands/save-group', KEPT);
  gateway.answer('POST /api/commands/order-groups', KEPT);
  own.toggleFavourite('1103@default');
  own.toggleFavourite('1101@default');
  own.toggleFavourite('1103@default');
  own.saveGroup(SALES);
  own.orderGroups(['g1']);
  expect(state().groups).toEqual([SALES, { id: FAVOURITES, name: '', members: ['1101@default'] }]);
});
