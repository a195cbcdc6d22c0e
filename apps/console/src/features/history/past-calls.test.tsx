import type { Call, Me, PastCall, PastCalls as Reply } from '@lampboard/protocol';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { snapshotWith, testExtension } from '../../testing/fixtures.ts';
import { PastCalls } from './past-calls.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const ID = '1101@default';
const NOON = new Date(2026, 9, 20, 12).getTime();
const past = (minutes: number, call: Partial<PastCall>): PastCall => ({
  startedAt: NOON - minutes * 60_000,
  answeredAt: null,
  endedAt: NOON - minutes * 60_000 + 20_000,
  incoming: true,
  party: null,
  ...call,
});
const CALLS: readonly PastCall[] = [
  past(10, { party: { number: '+4930123', name: 'Nordhafen' } }),
  past(20, {
    answeredAt: NOON - 20 * 60_000,
    endedAt: NOON - 20 * 60_000 + 252_000,
    incoming: false,
    party: { number: '1102', name: 'sent', extension: '1102@default' },
  }),
  past(30, { incoming: false, party: { number: '', name: '', withheld: true } }),
];

async function setup({
  me = RITA,
  reply = { retentionDays: 7, calls: CALLS },
  hasCalls = true,
}: { me?: Me; reply?: Reply; hasCalls?: boolean } = {}) {
  const gateway = createFakeGateway();
  gateway.stub('POST /api/commands/list-calls', { reply: { ok: true, value: reply } });
  const page = renderLive(() => <PastCalls id={ID} />, { me, gateway });
  page.timers.now = NOON;
  const extensions = [
    testExtension('1101'),
    testExtension('1102', { person: { name: 'Josh Okafor', department: '', email: '', mobile: '' } }),
  ];
  const snapshot = snapshotWith(extensions, { time: NOON });
  const pbxs = snapshot.pbxs.map((pbx) =>
    hasCalls ? { ...pbx, callsLink: { state: 'live' as const } } : pbx,
  );
  await page.happens(() => page.open({ ...snapshot, pbxs }));
  const requests = () => gateway.requests.filter(({ endpoint }) => endpoint.endsWith('list-calls')).length;
  return { ...page, gateway, requests };
}

const items = async () =>
  within(await screen.findByRole('region', { name: 'Past calls' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

it('[HI10] lists the calls that have ended: direction, with whom, when, and how long', async () => {
  await setup();
  const [missed, talked, unanswered] = await items();
  expect(missed).toMatch(/^Not answeredNordhafen\+4930123/);
  expect(missed).toContain('11:50');
  expect(talked).toMatch(/^OutgoingJosh Okafor1102/);
  expect(talked).toContain('4:12');
  expect(unanswered).toMatch(/^No answerNumber withheld/);
});

it('[HI10] who is not known is a caller, or a number that was called', async () => {
  const calls = [true, false].map((incoming) => past(10, { incoming }));
  await setup({ reply: { retentionDays: 7, calls } });
  const [incoming, outgoing] = await items();
  expect(incoming).toMatch(/^Not answeredUnknown caller/);
  expect(outgoing).toMatch(/^No answerUnknown number/);
});

it('[HI10] shows five calls, and the others on request', async () => {
  const user = userEvent.setup();
  const calls = Array.from({ length: 7 }, (_, index) => past(index, {}));
  await setup({ reply: { retentionDays: 7, calls } });
  expect(await items()).toHaveLength(5);
  await user.click(screen.getByRole('button', { name: '2 more calls' }));
  expect(await items()).toHaveLength(7);
});

it('[HI10] asks for nothing where calls are off, or the account may not', async () => {
  const off = await setup({ hasCalls: false });
  expect(off.requests()).toBe(0);
  cleanup();
  const stranger = await setup({ me: { ...RITA, role: 'user', extensions: ['1102@default'] } });
  expect(stranger.requests()).toBe(0);
});

it('[HI10] shows nothing where the site keeps no calls', async () => {
  const { requests } = await setup({ reply: { retentionDays: 0, calls: [] } });
  await vi.waitFor(() => expect(requests()).toBe(1));
  expect(screen.queryByRole('region')).toBeNull();
});

it('[HI10] is loaded again after a call has ended', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const page = await setup();
  await items();
  const call: Call = {
    id: '1.1',
    extensions: [ID],
    state: 'talking',
    incoming: true,
    since: NOON,
    party: null,
  };
  await page.happens(() =>
    page.delta({ epoch: 'e1', seq: 1, changes: [{ table: 'calls', op: 'put', row: call }] }),
  );
  await page.happens(() =>
    page.delta({ epoch: 'e1', seq: 2, changes: [{ table: 'calls', op: 'remove', id: '1.1' }] }),
  );
  await page.happens(() => void vi.advanceTimersByTime(5000));
  await vi.waitFor(() => expect(page.requests()).toBe(2));
});
