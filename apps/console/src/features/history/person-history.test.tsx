import type { Extension, History, Me } from '@lampboard/protocol';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { snapshotWith, testExtension, testLine } from '../../testing/fixtures.ts';
import { PersonHistory } from './person-history.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const timeAt = (day: number, hour: number, minute = 0) => new Date(2026, 9, day, hour, minute).getTime();
const HISTORY: History = {
  from: timeAt(19, 0),
  retentionDays: 7,
  entries: [
    { startedAt: timeAt(19, 0), lamp: 'idle', presence: 'available' },
    { startedAt: timeAt(20, 9), lamp: 'in-use', presence: 'available' },
    { startedAt: timeAt(20, 9, 20), lamp: 'idle', presence: 'away' },
    { startedAt: timeAt(20, 10), lamp: 'unknown', presence: 'away' },
    { startedAt: timeAt(20, 10, 5), lamp: 'idle', presence: 'away' },
  ],
};

async function setup({
  me = RITA,
  history = HISTORY,
  overrides = {},
}: { me?: Me; history?: History; overrides?: Partial<Extension> } = {}) {
  const gateway = createFakeGateway();
  gateway.stub('POST /api/commands/list-history', { reply: { ok: true, value: history } });
  const page = renderLive(() => <PersonHistory id="1101@default" />, { me, gateway });
  page.timers.now = timeAt(20, 10, 42);
  await page.happens(() =>
    page.open(snapshotWith([testExtension('1101', overrides)], { time: page.timers.now })),
  );
  const requestCount = () =>
    gateway.requests.filter(({ endpoint }) => endpoint.endsWith('list-history')).length;
  const pushChange = (overrides: Partial<Extension>, seq: number) =>
    page.happens(() =>
      page.delta({
        epoch: 'e1',
        seq,
        changes: [{ table: 'extensions', op: 'put', row: testExtension('1101', overrides) }],
      }),
    );
  return { ...page, requestCount: requestCount, pushChange, user: userEvent.setup() };
}

const today = () => screen.findByRole('slider', { name: 'Today' });
const valueText = (element: HTMLElement) => element.getAttribute('aria-valuetext');

it('[HI6] summarizes today, and announces single segments by the arrow keys', async () => {
  const { user } = await setup();
  const line = await today();
  expect(valueText(line)).toBe('1 call, 20 min');
  line.focus();
  await user.keyboard('{Home}{ArrowRight}');
  expect(valueText(line)).toMatch(/^9:00\s–\s9:20\sAM · On a call · Available$/u);
  await user.keyboard('{End}{ArrowLeft}');
  expect(valueText(line)).toContain('Unknown');
});

it('[SN7] without a phone there are no calls', async () => {
  await setup({ overrides: { phone: null } });
  expect(valueText(await today())).toBe('No calls');
});

it('[KP4] [KP7] the history of a function has the words of its kind', async () => {
  const entries = HISTORY.entries.map((entry) => ({ ...entry, presence: null }));
  const line = testLine('parking', '1101');
  const { user } = await setup({ history: { ...HISTORY, entries }, overrides: line });
  const track = await today();
  expect(valueText(track)).toBe('Taken: once, 20 min');
  track.focus();
  await user.keyboard('{Home}{ArrowRight}');
  expect(valueText(track)).toMatch(/ · Taken$/u);
  cleanup();
  await setup({
    overrides: testLine('switch', '1101'),
    history: { ...HISTORY, entries: entries.slice(0, 1) },
  });
  expect(valueText(await today())).toBe('On: never');
});

it('[HI6] every lamp and presence has its own pattern, unknown ones included', async () => {
  await setup();
  await today();
  const drawn = (name: string) =>
    [...document.querySelectorAll<HTMLElement>(name)].map(({ dataset }) => dataset['state']);
  expect(drawn('.day-lamp')).toEqual(expect.arrayContaining(['idle', 'in-use', 'unknown']));
  expect(drawn('.day-presence')).toEqual(expect.arrayContaining(['available', 'away']));
});

it('[HI6] the same can be read as a list, the latest first', async () => {
  const { user } = await setup();
  await today();
  await user.click(screen.getByText('Show as list'));
  const [table] = await screen.findAllByRole('table');
  const rows = table === undefined ? [] : within(table).getAllByRole('row').slice(1);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('Idle · Away'),
    expect.stringContaining('Unknown'),
    expect.stringContaining('Idle · Away'),
    expect.stringContaining('On a call · Available'),
    expect.stringContaining('Idle · Available'),
  ]);
});

it('[HI6] shows nothing without a history; without permission it is not requested', async () => {
  const { requestCount } = await setup({ history: { ...HISTORY, retentionDays: 0 } });
  await vi.waitFor(() => expect(requestCount()).toBe(1));
  expect(screen.queryByText('Today')).toBeNull();
  cleanup();
  const other = await setup({ me: { ...RITA, role: 'user', extensions: ['1102@default'] } });
  expect([other.requestCount(), screen.queryByText('Today')]).toEqual([0, null]);
});

it('[HI6] refetches on changes of the extension, at most every four seconds', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { pushChange, requestCount } = await setup();
  await vi.waitFor(() => expect(requestCount()).toBe(1));
  await pushChange({ lamp: 'ringing' }, 1);
  await pushChange({ lamp: 'in-use' }, 2);
  await vi.advanceTimersByTimeAsync(4000);
  expect(requestCount()).toBe(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(requestCount()).toBe(2);
});

it('[HI7] names the start if the extension belonged to another person before', async () => {
  await setup({ history: { ...HISTORY, assignedSince: timeAt(19, 0) } });
  expect(
    await screen.findByText('Shown since Monday, October 19, when this extension was assigned to you.'),
  ).toBeDefined();
  cleanup();
  await setup();
  await today();
  expect(screen.queryByText(/^Shown since/u)).toBeNull();
});
