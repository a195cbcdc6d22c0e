import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderBoard } from '../../testing/render-live.tsx';
import { presenceOf, put, testExtension } from '../../testing/fixtures.ts';
import { withLayout } from '../../testing/fake-layout.ts';
import { Wall } from './wall.tsx';

withLayout({ width: 1920, height: 1080 });

const GROUPS = [
  { key: 'sales', title: 'Sales', kind: null, ids: ['1101@default', '1102@default'] },
  { key: 'support', title: 'Support', kind: null, ids: ['1103@default'] },
];
const NO_PHONE = { lamp: 'idle', phone: null } as const;
const OVERDUE = testExtension('1101', {
  lamp: 'in-use',
  presence: presenceOf('away', '\nBack by two\nUrgent: Josh', 'Lunch'),
  returnTime: { at: 3_600_000, thenState: null },
});
const ROWS = [OVERDUE, testExtension('1102', { lamp: 'ringing' }), testExtension('1103', { presence: null })];

async function opened() {
  const status = { outage: 'Not live since 14:02', summary: 'The gateway does not answer' };
  const wall = () => <Wall groups={GROUPS} seconds={20} status={status} emptyMessage="Nobody in Sales" />;
  const tile = (name: RegExp) => screen.getByRole('img', { name });
  return { ...(await renderBoard(wall, ROWS)), tile };
}

const counts = () => [...document.querySelectorAll('.group-counts li')].map(({ textContent }) => textContent);

it('[SN7] the header counts no extension without a phone', async () => {
  const { happens, change } = await opened();
  const busy = testExtension('1102', { ...NO_PHONE, lamp: 'in-use' });
  await happens(() => change(put(testExtension('1101', NO_PHONE)), put(busy)));
  expect(counts()).toEqual(['0 reachable', '0 on a call', '0 ringing']);
});

it('[WL1] tiles show lamp, presence, return time and the first line of the message, without controls', async () => {
  const { tile } = await opened();
  const tileElement = tile(/^1101 Name 1101, On a call, Away/u);
  expect(tileElement.dataset).toMatchObject({
    extension: '1101@default',
    lamp: 'in-use',
    presence: 'away',
  });
  expect(within(tileElement).getByText('Back by two')).toBeDefined();
  expect(within(tileElement).getByText('until').parentElement?.parentElement?.textContent).toMatch(
    /^Awayuntil/u,
  );
  expect(tileElement.textContent).not.toContain('Josh');
  expect(document.querySelectorAll('a, button, input, select, textarea, [tabindex]')).toHaveLength(0);
});

it('[WL1] the header counts the current group', async () => {
  await opened();
  expect(screen.getByRole('heading', { name: 'Sales' })).toBeDefined();
  expect(counts()).toEqual(['0 reachable', '1 on a call', '1 ringing']);
});

it('[WL1] shows who is overdue', async () => {
  const { happens, change, timers, tile } = await opened();
  timers.now = 4_200_000;
  await happens(() => change(put({ ...OVERDUE })));
  await vi.waitFor(() => expect(tile(/^1101/u).textContent).toContain('10 min late'), { timeout: 3000 });
});

it('[PF5] [PF8] tiles say what is on at the phone, without the number that calls are forwarded to', async () => {
  const { happens, change, tile } = await opened();
  const phone = { dnd: true, forwarded: true, forwardedTo: '00491701234567' };
  await happens(() => change(put(testExtension('1102', { phone }))));
  const tileElement = tile(/^1102/u);
  expect(within(tileElement).getByText('Phone on do not disturb · Calls forwarded')).toBeDefined();
  expect(tileElement.querySelectorAll('.phone-badges svg')).toHaveLength(2);
  expect(tileElement.outerHTML).not.toContain('00491701234567');
});

it('[WL4] arrows turn the pages, Space pauses; screen readers announce both', async () => {
  const { user } = await opened();
  expect(screen.getByText(/left and right arrow keys\. Space pauses/u)).toBeDefined();
  expect(screen.getByText('Page 1 of 2')).toBeDefined();
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('heading', { name: 'Support' })).toBeDefined();
  await user.keyboard(' ');
  expect(screen.getByText('Paused · page 2 of 2')).toBeDefined();
  await user.keyboard(' {ArrowLeft}');
  expect(screen.getByRole('heading', { name: 'Sales' })).toBeDefined();
});

it('[WL5] while not live the wall shows the outage and its start, and no lamp looks live', async () => {
  const { happens, breakOff, tile, live } = await opened();
  await happens(() => void live.start());
  await happens(breakOff);
  expect(screen.getByRole('main').dataset['link']).toBe('down');
  expect(screen.getByText('Not live since 14:02')).toBeDefined();
  expect(screen.getByText('The gateway does not answer')).toBeDefined();
  expect(tile(/^1101/u).dataset).toMatchObject({ lamp: 'unknown', lastKnown: 'in-use' });
  expect(tile(/last known: On a call/u)).toBeDefined();
});

it('[WL6] an incompatible wall reloads itself', async () => {
  sessionStorage.clear();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('ok')));
  const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => undefined);
  const { happens, live, snapshot } = await opened();
  await happens(() => void live.start());
  expect(reload).not.toHaveBeenCalled();
  await happens(() => snapshot({ epoch: 7 }));
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
  vi.unstubAllGlobals();
});
