import type { Call, Extension } from '@lampboard/protocol';
import { testPbx } from '@lampboard/model/testing';
import { screen, within } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import { Pages } from '../../app.tsx';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import {
  personNamed,
  putCall,
  removeCall,
  testCall,
  testExtension,
  testLine,
} from '../../testing/fixtures.ts';
import { renderBoard } from '../../testing/render-live.tsx';

beforeAll(
  () => Promise.all([import('../person/person-panel.tsx'), import('../../features/lines/lines-view.tsx')]),
  60_000,
);
withLayout(NARROW_BOARD);

const EXTENSIONS: readonly Extension[] = [
  testExtension('1101', { person: personNamed('Rita Moreno') }),
  testExtension('1141', { kind: 'room', person: personNamed('Boardroom'), presence: null, provider: null }),
  testLine('queue', '600', { person: personNamed('Support line'), lamp: 'in-use' }),
  testLine('queue', '601', { person: personNamed('Orders') }),
  testLine('parking', '71', { lamp: 'in-use' }),
  testLine('parking', '72'),
  testLine('conference', '8000', { person: personNamed('Team call'), lamp: 'in-use' }),
  testLine('switch', '*280', { person: personNamed('Night service') }),
];
const party = (name: string, number = '') => ({ name, number });
const RITA_AS_PARTY = { name: '', number: '', extension: '1101@default' };
const waiting = (id: string, queue: string, name: string, since: number) =>
  testCall(id, { state: 'waiting', queue, self: party(name), since });
const CALLS: readonly Call[] = [
  waiting('1', '600', 'Kestrel', -12_000),
  waiting('2', '600', 'Mistral', -134_000),
  waiting('3', 'overflow', 'Zephyr', -5000),
  testCall('4', {
    state: 'parked',
    self: party('Mr Okonkwo'),
    since: -10_000,
    parking: { lot: 'default', slot: '71', by: RITA_AS_PARTY, returnsAt: 20_500 },
  }),
  testCall('5', {
    state: 'conference',
    room: '8000',
    members: 2,
    extensions: ['1101@default'],
    since: -60_000,
  }),
  testCall('6', { state: 'conference', room: '8000', members: 2, self: party('Harcourt'), since: -30_000 }),
  testCall('7', { self: party('Nordhafen', '+4940'), party: RITA_AS_PARTY, since: -102_000 }),
  testCall('8', { extensions: ['1101@default'], party: party('Nordhafen', '+4940'), since: -102_000 }),
];

async function opened(calls: readonly Call[] = CALLS, extensions = EXTENSIONS) {
  history.replaceState(null, '', '/?lines=all');
  const pbxs = [testPbx('', { callsLink: { state: 'live' } })];
  const page = await renderBoard(() => <Pages />, extensions, {}, { calls: [...calls], pbxs });
  await screen.findByRole('heading', { level: 1, name: 'All lines' });
  return page;
}
const section = (name: RegExp) => within(screen.getByRole('region', { name }));
/** The texts of the cards, which are list items of the section's own list. */
const cards = (name: RegExp) =>
  [...screen.getByRole('region', { name }).querySelectorAll('.line-card')].map(
    ({ textContent }) => textContent,
  );

it('[DK15] a queue lists its callers, the longest wait first, also one without an entry', async () => {
  const { happens, change } = await opened();
  expect(cards(/^Queues 3$/u)).toEqual([
    'Support line2 waiting · longest 2:14600Mistral2:14Kestrel0:12',
    'OrdersNobody waiting601',
    'overflow1 waiting · longest 0:05Zephyr0:05',
  ]);
  await happens(() => change(removeCall('2'), removeCall('3')));
  expect(cards(/^Queues 2$/u)[0]).toBe('Support line1 waiting · longest 0:12600Kestrel0:12');
});

it('[DK15] a slot shows who is parked, by whom and until when; a conference who takes part', async () => {
  await opened();
  expect(cards(/^Parking 2$/u)).toEqual([
    'Parking 71TakenMr Okonkwo0:10by Rita Moreno · back in 0:20',
    'Parking 72Free',
  ]);
  expect(cards(/^Conferences 1$/u)).toEqual(['Team call2 people8000Rita Moreno11011:00Harcourt0:30']);
});

it('[DK15] [CV5] a queue whose number is not sent is called by its kind', async () => {
  await opened([waiting('1', '', '', -12_000)]);
  expect(cards(/^Queues 3$/u)).toContain('Queue1 waiting · longest 0:12Unknown number0:12');
});

it('[DK16] outside callers who have no tile are listed with what they do; others are not', async () => {
  const { happens, change } = await opened();
  expect(cards(/^Outside callers 1$/u)).toEqual(['Nordhafen+49401:42With Rita Moreno']);
  await happens(() =>
    change(putCall(testCall('7', { state: 'menu', self: { ...party(''), withheld: true } }))),
  );
  expect(cards(/^Outside callers 1$/u)).toEqual(['Number withheld0:00In a menu']);
  await happens(() => change(putCall(testCall('7', { self: party('Nordhafen') }))));
  expect(cards(/^Outside callers 1$/u)).toEqual(['Nordhafen0:00On a call']);
});

it('[DK15] switches and rooms follow, and the header counts who waits, is parked or in a conference', async () => {
  const { happens, change } = await opened();
  expect(screen.getByText('3 callers waiting · 1 parked · 1 conference')).toBeDefined();
  expect(cards(/^Switches 1$/u)).toEqual(['Night serviceOff*280']);
  expect(cards(/^Rooms 1$/u)).toEqual(['BoardroomIdle1141']);
  await happens(() => change(...CALLS.map(({ id }) => removeCall(id))));
  expect(screen.getByText('0 callers waiting · 0 parked · 0 conferences')).toBeDefined();
  expect(screen.queryByRole('region', { name: /^Outside/u })).toBeNull();
});

it('[DK15] a card opens its entry, and has the focus again when that is closed', async () => {
  const { user } = await opened();
  await user.click(section(/^Queues/u).getByRole('button', { name: /^600 Support line/u }));
  expect(await screen.findByRole('dialog', { name: 'Support line' })).toBeDefined();
  await user.keyboard('{Escape}');
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^600 Support line/u);
  await user.click(section(/^Conferences/u).getByRole('button', { name: /^Rita Moreno/u }));
  expect(await screen.findByRole('dialog', { name: 'Rita Moreno' })).toBeDefined();
});

it('[DK15] a search there lists what matches, and an empty page says what will be on it', async () => {
  const { user } = await opened();
  await user.type(screen.getByRole('textbox', { name: 'Search' }), 'night');
  await expect.poll(() => screen.queryByRole('region', { name: /^Queues/u })).toBeNull();
  expect(screen.getByRole('gridcell', { name: /^\*280 Night service/u })).toBeDefined();
});

it('[DK15] the page is offered where the PBX shows calls, although no line has a hint', async () => {
  await opened([], EXTENSIONS.slice(0, 1));
  expect(screen.getByRole('link', { name: 'All lines 0' }).getAttribute('aria-current')).toBe('page');
  expect(screen.getByText('No lines yet')).toBeDefined();
});
