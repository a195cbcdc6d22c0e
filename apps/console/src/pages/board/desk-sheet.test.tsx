import type { Extension } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Pages } from '../../app.tsx';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import { presenceOf, testCall, testExtension } from '../../testing/fixtures.ts';
import { renderBoard } from '../../testing/render-live.tsx';

beforeAll(
  () => Promise.all([import('../person/person-panel.tsx'), import('../person/my-status-page.tsx')]),
  60_000,
);
withLayout(NARROW_BOARD);
beforeEach(() => history.replaceState(null, '', '/'));

const CONDITION = /\((min|max)-(width|height): ([\d.]+)px\)/gu;
const { matchMedia } = window;

/** Answers media queries as a screen of this size would. */
function onScreen(size: { readonly width: number; readonly height: number }) {
  const isWithin = ([, bound, side, pixels]: RegExpMatchArray) => {
    const actual = side === 'width' ? size.width : size.height;
    return bound === 'min' ? actual >= Number(pixels) : actual <= Number(pixels);
  };
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => {
    const conditions = [...query.matchAll(CONDITION)];
    const matches = conditions.length > 0 && conditions.every(isWithin);
    return matchMedia.call(window, matches ? 'all' : 'not all');
  });
}
const TABLET = { width: 1024, height: 768 };
const PHONE = { width: 360, height: 740 };

const away = (exten: string, returnAt: number): Extension =>
  testExtension(exten, { presence: presenceOf('away'), returnTime: { at: returnAt, thenState: null } });

const EXTENSIONS = [away('1101', -60_000), away('1102', -120_000), away('1103', 1_200_000)];
const CALLS = [
  testCall('1', { state: 'waiting', queue: '600' }),
  testCall('2', { state: 'parked', parking: { lot: 'default', slot: '71', by: null, returnsAt: null } }),
  testCall('3'),
];
const opened = () => renderBoard(() => <Pages />, EXTENSIONS, {}, { calls: CALLS });

const toggle = () => screen.getByRole('button', { name: /^Desk/u });
const sheet = () => within(screen.getByRole('dialog', { name: 'Desk' }));
const tab = (name: RegExp) =>
  within(screen.getByRole('navigation', { name: 'Pages' })).getByRole('link', { name });

it('[DK12] below 1280 pixels a button counts who waits, is parked or late, and opens the desk over the board', async () => {
  onScreen(TABLET);
  const { user } = await opened();
  expect(screen.queryByRole('complementary', { name: 'Desk' })).toBeNull();
  expect(toggle().getAttribute('aria-label')).toBe('Desk 4');
  await user.click(toggle());
  expect(sheet().getByRole('region', { name: 'Late 2' })).toBeDefined();
  expect(document.activeElement?.textContent).toBe('Desk');
  expect(document.querySelector<HTMLElement>('main')?.inert).toBe(true);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(toggle());
});

it('[DK12] it closes with its button, with Back, and with a click beside it', async () => {
  onScreen(TABLET);
  const { user } = await opened();
  await user.click(toggle());
  await user.click(sheet().getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  await user.click(toggle());
  const backdrop = document.querySelector('.board-backdrop');
  if (backdrop !== null) await user.click(backdrop);
  expect(screen.queryByRole('dialog')).toBeNull();
  await user.click(toggle());
  history.back();
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

it('[DK12] a person opened from it closes back to it', async () => {
  onScreen(TABLET);
  const { user } = await opened();
  await user.click(toggle());
  await user.click(sheet().getByRole('button', { name: /^Name 1102/u }));
  expect(await screen.findByRole('dialog', { name: 'Name 1102' })).toBeDefined();
  await user.keyboard('{Escape}');
  expect(sheet().getByRole('region', { name: 'Last opened' })).toBeDefined();
});

it('[DK12] [LK9] over the banner it says itself that the board is not live', async () => {
  onScreen(TABLET);
  const { user, happens, breakOff } = await opened();
  await user.click(toggle());
  await happens(breakOff);
  expect(sheet().getByRole('status').textContent).toMatch(/since/u);
});

it('[DK13] on a phone the desk is a tab with the same count, beside the board and the own status', async () => {
  onScreen(PHONE);
  const { user } = await opened();
  expect(screen.queryByRole('button', { name: /^Desk/u })).toBeNull();
  expect(tab(/^Board/u).getAttribute('aria-current')).toBe('page');
  await user.click(tab(/^Desk 4$/u));
  const page = within(screen.getByRole('region', { name: 'Desk' }));
  expect(page.getByRole('region', { name: 'Late 2' })).toBeDefined();
  expect(page.getByText('Live')).toBeDefined();
  expect(tab(/^Desk/u).getAttribute('aria-current')).toBe('page');
  await user.click(tab(/^My status/u));
  expect(await screen.findByRole('heading', { name: 'My status' })).toBeDefined();
  await user.click(tab(/^Desk/u));
  expect(screen.getByRole('region', { name: 'Desk' })).toBeDefined();
  await user.click(tab(/^Board/u));
  expect(screen.queryByRole('region', { name: 'Desk' })).toBeNull();
});

it('[DK13] the tabs keep the group, and a low window has the button instead', async () => {
  onScreen(PHONE);
  history.replaceState(null, '', '/?context=default');
  const { user } = await opened();
  await user.click(tab(/^Desk/u));
  await user.click(tab(/^Board/u));
  expect(location.search).toBe('?context=default');
  onScreen({ width: 360, height: 225 });
  await user.click(tab(/^Desk/u));
  expect(screen.queryByRole('navigation', { name: 'Pages' })).toBeNull();
  expect(sheet().getByRole('region', { name: 'Late 2' })).toBeDefined();
});
