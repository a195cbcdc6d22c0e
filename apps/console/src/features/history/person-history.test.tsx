import type { ExtensionRow, History, Me } from '@lampboard/protocol';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../api/testing/fake-gateway.ts';
import { renderLive } from '../../live/testing/render-live.tsx';
import { rowOf } from '../../live/testing/row-of.ts';
import { snapshotWith } from '../../live/testing/snapshot-with.ts';
import { PersonHistory } from './person-history.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const at = (day: number, hour: number, minute = 0) => new Date(2026, 9, day, hour, minute).getTime();
const KEPT: History = {
  from: at(19, 0),
  keepDays: 7,
  entries: [
    { at: at(19, 0), lamp: 'idle', presence: 'available' },
    { at: at(20, 9), lamp: 'in-use', presence: 'available' },
    { at: at(20, 9, 20), lamp: 'idle', presence: 'away' },
    { at: at(20, 10), lamp: 'unknown', presence: 'away' },
    { at: at(20, 10, 5), lamp: 'idle', presence: 'away' },
  ],
};

async function opened({
  me = RITA,
  kept = KEPT,
  row = {},
}: { me?: Me; kept?: History; row?: Partial<ExtensionRow> } = {}) {
  const gateway = createFakeGateway();
  gateway.answer('POST /api/commands/list-history', { reply: { ok: true, value: kept } });
  const page = renderLive(() => <PersonHistory id="1101@default" />, { me, gateway });
  page.timers.now = at(20, 10, 42);
  await page.happens(() => page.open(snapshotWith([rowOf('1101', row)], { time: page.timers.now })));
  const asked = () => gateway.asked.filter(({ what }) => what.endsWith('list-history')).length;
  const changed = (row: Partial<ExtensionRow>, seq: number) =>
    page.happens(() => page.frame({ epoch: 'e1', seq, changes: [{ kind: 'put', row: rowOf('1101', row) }] }));
  return { ...page, askedTimes: asked, changed, user: userEvent.setup() };
}

const today = () => screen.findByRole('slider', { name: 'Today' });
const told = (element: HTMLElement) => element.getAttribute('aria-valuetext');

it('[HI6] today is told in short, and the arrows tell what it was from when to when', async () => {
  const { user } = await opened();
  const line = await today();
  expect(told(line)).toBe('On the phone once, 20 min');
  line.focus();
  await user.keyboard('{Home}{ArrowRight}');
  expect(told(line)).toMatch(/^9:00\s–\s9:20\sAM · In use · Available$/u);
  await user.keyboard('{End}{ArrowLeft}');
  expect(told(line)).toContain('Not known');
});

it('[SN7] who has no telephone had no calls', async () => {
  await opened({ row: { phone: null } });
  expect(told(await today())).toBe('Not on the phone');
});

it('[HI6] every lamp and presence of the picture has a pattern of its own, what is not known too', async () => {
  await opened();
  await today();
  const drawn = (name: string) =>
    [...document.querySelectorAll<HTMLElement>(name)].map(({ dataset }) => dataset['was']);
  expect(drawn('.day-lamp')).toEqual(expect.arrayContaining(['idle', 'in-use', 'unknown']));
  expect(drawn('.day-presence')).toEqual(expect.arrayContaining(['available', 'away']));
});

it('[HI6] the same can be read as a list, the latest first', async () => {
  const { user } = await opened();
  await today();
  await user.click(screen.getByText('As a list'));
  const [table] = await screen.findAllByRole('table');
  const rows = table === undefined ? [] : within(table).getAllByRole('row').slice(1);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('Idle · Away'),
    expect.stringContaining('Not known'),
    expect.stringContaining('Idle · Away'),
    expect.stringContaining('In use · Available'),
    expect.stringContaining('Idle · Available'),
  ]);
});

it('[HI6] nothing is shown where none is kept, or somebody may not see it, who is not even asked for it', async () => {
  const { askedTimes } = await opened({ kept: { ...KEPT, keepDays: 0 } });
  await vi.waitFor(() => expect(askedTimes()).toBe(1));
  expect(screen.queryByText('Today')).toBeNull();
  cleanup();
  const other = await opened({ me: { ...RITA, role: 'user', extensions: ['1102@default'] } });
  expect([other.askedTimes(), screen.queryByText('Today')]).toEqual([0, null]);
});

it('[HI6] it is asked for again as the extension changes, every four seconds at most', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { changed, askedTimes } = await opened();
  await vi.waitFor(() => expect(askedTimes()).toBe(1));
  await changed({ lamp: 'ringing' }, 1);
  await changed({ lamp: 'in-use' }, 2);
  await vi.advanceTimersByTimeAsync(4000);
  expect(askedTimes()).toBe(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(askedTimes()).toBe(2);
});

it('[HI7] says since when it is told, where somebody else had the extension before', async () => {
  await opened({ kept: { ...KEPT, ownSince: at(19, 0) } });
  expect(
    await screen.findByText('Shown since Monday, October 19, when this extension became yours.'),
  ).toBeDefined();
  cleanup();
  await opened();
  await today();
  expect(screen.queryByText(/^Shown since/u)).toBeNull();
});
