import type { Call, Extension } from '@lampboard/protocol';
import { testPbx } from '@lampboard/model/testing';
import { screen, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import {
  personNamed,
  putCall,
  removeCall,
  snapshotWith,
  testCall,
  testExtension,
  testLine,
} from '../../testing/fixtures.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { Desk } from './desk.tsx';

const NOW = 1_000_000;
const EXTENSIONS: readonly Extension[] = [
  testExtension('1101', { person: personNamed('Rita Moreno') }),
  testLine('queue', '600', { person: personNamed('Support line') }),
];
const KONTOR = { name: 'Kontor AS', number: '+4722550199' };
const SUPPORT = { state: 'waiting', queue: '600' } as const;
const PARKING = { lot: 'default', slot: '701', by: { name: '', number: '', extension: '1101@default' } };
const parked = (returnsAt: number | null, overrides: Partial<Call> = {}) =>
  testCall('p1', {
    state: 'parked',
    self: { name: 'Mr Okonkwo', number: '+442079460018' },
    since: NOW - 13_000,
    parking: { ...PARKING, returnsAt },
    ...overrides,
  });
const WAITING = [
  testCall('c1', { ...SUPPORT, self: { name: '', number: '', withheld: true }, since: NOW - 12_000 }),
  testCall('c2', { ...SUPPORT, self: KONTOR, since: NOW - 48_000 }),
  testCall('c3', { state: 'waiting', queue: 'orders', extensions: ['1101@default'], since: NOW - 5000 }),
];

const onOpen = vi.fn<(id: string) => void>();
beforeEach(() => onOpen.mockClear());

async function opened(calls: readonly Call[], pbx: Parameters<typeof testPbx>[1] = {}) {
  const page = renderLive(() => <Desk onOpen={onOpen} />);
  page.timers.now = NOW;
  const pbxs = [testPbx('', { callsLink: { state: 'live' }, ...pbx })];
  await page.happens(() => page.open(snapshotWith(EXTENSIONS, { time: NOW, calls: [...calls], pbxs })));
  return page;
}

const desk = () => within(screen.getByRole('complementary', { name: 'Desk' }));
const part = (name: RegExp) => within(desk().getByRole('region', { name }));
const cards = (name: RegExp) =>
  part(name)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
const bar = () => document.querySelector<HTMLElement>('.parking-bar > span')?.style.width;

it('[CV5] what an account may not see of a waiting or parked call leaves no gap', async () => {
  const hidden = { name: '', number: '' };
  await opened([
    testCall('c1', { state: 'waiting', queue: '', self: hidden, incoming: false, since: NOW - 12_000 }),
    parked(NOW + 32_500, {
      self: hidden,
      incoming: true,
      parking: { lot: '', slot: '', by: hidden, returnsAt: NOW + 32_500 },
    }),
  ]);
  expect(cards(/^Waiting/u)).toEqual(['Unknown callerQueue0:12']);
  expect(cards(/^Parked/u)).toEqual(['Unknown numberback in 0:32']);
});

it('[DK14] callers in queues come first, the longest wait on top, each with its queue and time', async () => {
  const { happens, change, user } = await opened(WAITING);
  expect(cards(/^Waiting/u)).toEqual([
    'Kontor AS+4722550199 · Support line0:48',
    'Number withheldQueue Support line0:12',
    'Rita Moreno1101 · orders0:05',
  ]);
  expect(part(/^Waiting/u).getByText('0:48', { selector: '.desk-aside *' })).toBeDefined();
  await user.click(desk().getByRole('button', { name: /^Rita Moreno/u }));
  expect(onOpen).toHaveBeenLastCalledWith('1101@default');
  expect(desk().queryByRole('button', { name: /Kontor/u })).toBeNull();
  await happens(() => change(removeCall('c2'), removeCall('c3')));
  expect(cards(/^Waiting/u)).toEqual(['Number withheldQueue Support line0:12']);
  await happens(() => change(putCall(testCall('c1', { state: 'talking' }))));
  expect(
    desk()
      .getAllByRole('heading')
      .map(({ textContent }) => textContent),
  ).toEqual(['All quiet']);
});

it('[DK14] a parked call shows its slot, who parked it, and a bar that runs out', async () => {
  const { tick } = await opened([parked(NOW + 32_500)]);
  expect(cards(/^Parked/u)).toEqual(['Mr Okonkwo701 · back in 0:32 · by Rita Moreno']);
  expect(bar()).toBe('71%');
  await tick(NOW + 20_000);
  expect(cards(/^Parked/u)).toEqual(['Mr Okonkwo701 · back in 0:12 · by Rita Moreno']);
  expect(bar()).toBe('27%');
});

it('[DK14] a slot without a time limit shows since when, and no bar', async () => {
  await opened([parked(null, { parking: { ...PARKING, by: null, returnsAt: null } })]);
  expect(cards(/^Parked/u)).toEqual(['Mr Okonkwo7010:13']);
  expect(bar()).toBeUndefined();
});

it('[DK9] while calls are not live, their durations and bars stop, and are last known', async () => {
  const since = NOW + 5000;
  const callsLink = { state: 'down', since, reason: 'unreachable' } as const;
  const { tick } = await opened([...WAITING.slice(0, 1), parked(NOW + 32_500)], { callsLink });
  await tick(NOW + 30_000);
  expect(cards(/^Waiting/u)).toEqual(['Number withheldQueue Support line0:17']);
  expect(cards(/^Parked/u)).toEqual(['Mr Okonkwo701 · back in 0:27 · by Rita Moreno']);
  const lastKnown = desk()
    .getAllByRole('listitem')
    .map(({ dataset }) => dataset['lastKnown']);
  expect(lastKnown).toEqual(['true', 'true']);
});
