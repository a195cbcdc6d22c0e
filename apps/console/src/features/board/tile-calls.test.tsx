import { type Call, CALL_STATES, type CallState } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { Profiler } from 'react';
import { expect, it } from 'vitest';
import { loadLanguage } from '../../i18n/languages.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { callText } from '../../entities/call/call-text.ts';
import {
  personNamed,
  presenceOf,
  putCall,
  removeCall,
  testCall,
  testExtension,
} from '../../testing/fixtures.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { testPbx } from '@lampboard/model/testing';
import { COLUMNS } from '../table/columns.ts';
import { TableRow } from '../table/table-row.tsx';
import { WallTile } from '../wall/wall-tile.tsx';
import { Tile } from './tile.tsx';

const nothing = () => undefined;
const STATE = { open: false, highlighted: false, stale: false, unsaved: false, tabbable: false };
const HANDLERS = { onOpen: nothing, onFocusTile: nothing };
const tile = (id: string) => <Tile key={id} id={id} column={1} {...STATE} {...HANDLERS} />;
const ALICE = testExtension('1104', { person: personNamed('Alice Chen'), lamp: 'in-use' });
const RITA = testExtension('1101', { person: personNamed('Rita Moreno'), lamp: 'in-use' });
const OUTSIDE = { number: '+4940550199', name: 'Nordhafen GmbH' };
const NOW = 1_000_000;
const callOf = (overrides: Partial<Call> = {}, { id } = ALICE) =>
  testCall('1.1', { extensions: [id], party: OUTSIDE, since: NOW - 252_000, ...overrides });

async function opened(calls: readonly Call[], content = () => [ALICE, RITA].map(({ id }) => tile(id))) {
  const pbxs = [testPbx('', { callsLink: { state: 'live' } })];
  return renderBoard(content, [ALICE, RITA], {}, { calls: [...calls], pbxs, time: NOW });
}
const element = ({ id } = ALICE) => document.querySelector<HTMLElement>(`[data-extension="${id}"]`);
const linesOf = (extension = ALICE) =>
  [...(element(extension)?.querySelectorAll('.tile-text > :not(:empty)') ?? [])]
    .slice(1)
    .map(({ textContent }) => textContent);
const shape = () => element()?.querySelector('.lamp')?.getAttribute('data-shape');

const TEXTS: Readonly<Record<CallState, [Partial<Call>, string, string]>> = {
  dialling: [{ party: OUTSIDE }, 'Calls X', 'Ruft X an'],
  ringing: [{ party: OUTSIDE }, 'From X', 'Von X'],
  talking: [{ party: OUTSIDE }, 'With X', 'Mit X'],
  held: [{ party: OUTSIDE }, 'Held by X', 'Gehalten von X'],
  holding: [{ party: OUTSIDE }, 'Holding X', 'Hält X'],
  parked: [
    { parking: { lot: 'default', slot: '702', by: null, returnsAt: null } },
    'Parked 702',
    'Geparkt 702',
  ],
  waiting: [{ queue: 'Support' }, 'In queue Support', 'In Warteschlange Support'],
  conference: [{ room: '400', members: 3 }, 'Conference 400, 3 people', 'Konferenz 400, 3 Personen'],
  voicemail: [{ mailbox: '1104' }, 'Voicemail 1104', 'Mailbox 1104'],
  menu: [{}, 'In a menu', 'In einem Menü'],
};

it('[CT1] each state of a call has its words, in both languages', async () => {
  const german = await loadLanguage('de');
  for (const state of CALL_STATES) {
    const [fields, inEnglish, inGerman] = TEXTS[state];
    const call = testCall('1.1', { state, ...fields });
    expect([callText(translateEnglish, call, 'X'), callText(german, call, 'X')]).toEqual([
      inEnglish,
      inGerman,
    ]);
  }
});

it('[CT1] the name of the board comes before the caller’s own, then the number, else why there is none', async () => {
  const { happens, change } = await opened([callOf({ party: { ...OUTSIDE, extension: RITA.id } })]);
  const parties: [Call['party'], string][] = [
    [OUTSIDE, 'With Nordhafen GmbH4:12'],
    [{ number: '+4940550199', name: '' }, 'With +49405501994:12'],
    [{ number: '', name: '', withheld: true }, 'Number withheld4:12'],
    [{ number: '', name: '' }, 'Unknown caller4:12'],
    [null, 'On a call4:12'],
  ];
  expect(linesOf()).toEqual(['With Rita Moreno4:12', 'Available']);
  for (const [party, text] of parties) {
    await happens(() => change(putCall(callOf({ party }))));
    expect(linesOf()).toEqual([text, 'Available']);
  }
  await happens(() => change(putCall(callOf({ party: { number: '', name: '' }, incoming: false }))));
  expect(linesOf()).toEqual(['Unknown number4:12', 'Available']);
});

it('[CT1] text that a caller sends is text', async () => {
  await opened([callOf({ party: { number: '', name: '<img src=x onerror=alert(1)>' } })]);
  expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeDefined();
  expect(document.querySelector('img')).toBeNull();
});

it('[CT2] the duration is that of the talk, by the gateway’s clock; it stops, grey, while calls are not live', async () => {
  const { happens, change, timers } = await opened([callOf({ sinceAtLeast: true })]);
  expect(linesOf()[0]).toBe('With Nordhafen GmbH4:12+');
  expect(screen.getByTitle('at least 4:12')).toBeDefined();
  timers.now += 5000;
  const callsLink = { state: 'down', since: NOW + 5000, reason: 'unreachable' } as const;
  await happens(() => change({ table: 'pbxs', op: 'patch', id: '', fields: { callsLink } }));
  timers.now += 60_000;
  await happens(nothing);
  expect(linesOf()[0]).toBe('With Nordhafen GmbH4:17+');
  expect(element()?.querySelector('.tile-call')?.hasAttribute('data-last-known')).toBe(true);
  expect(element()?.dataset).toMatchObject({ lamp: 'in-use' });
});

it('[CT2] [LK1] while nothing is live a call stands below the last known lamp', async () => {
  const { happens, breakOff } = await opened([callOf()]);
  await happens(breakOff);
  expect(linesOf().slice(0, 2)).toEqual(['Last known: On a call', 'With Nordhafen GmbH4:12']);
  expect(element()?.querySelector('.tile-call')?.hasAttribute('data-last-known')).toBe(true);
});

it('[CT2] a parked call has the time until it comes back, and who parked it', async () => {
  const parking = { lot: 'default', slot: '702', by: { number: '1101', name: '', extension: RITA.id } };
  await opened([callOf({ state: 'parked', party: null, parking: { ...parking, returnsAt: NOW + 32_500 } })]);
  expect(linesOf()).toEqual(['Parked 702back in 0:32', 'Available', 'by Rita Moreno']);
});

it('[CT2] who parked a call is left out where the account may not see it', async () => {
  const parking = { lot: 'default', slot: '702', by: { number: '', name: '' }, returnsAt: NOW + 32_500 };
  await opened([callOf({ state: 'parked', party: null, parking })]);
  expect(linesOf()).toEqual(['Parked 702back in 0:32', 'Available']);
});

it('[CT2] a conference has the number of people in it', async () => {
  await opened([callOf({ state: 'conference', party: null, room: '400', members: 3 })]);
  expect(linesOf()[0]).toBe('Conference 4003 people');
  expect(element()?.getAttribute('aria-label')).toContain('Conference 400, 3 people');
});

it('[CT3] a tile carries the state of its call, and its accessible name has the call with the number', async () => {
  const { happens, change } = await opened([callOf()]);
  expect(element()?.dataset['call']).toBe('talking');
  expect(element()?.getAttribute('aria-label')).toBe(
    '1104 Alice Chen, On a call, With Nordhafen GmbH +4940550199, Available',
  );
  expect(element(RITA)?.dataset).not.toHaveProperty('call');
  await happens(() => change(removeCall('1.1')));
  expect(element()?.dataset).not.toHaveProperty('call');
  expect(linesOf()[0]).toBe('On a call');
});

it('[CT1] [CT2] a row of the table says the line in use below the name, with how long it takes', async () => {
  const position = { columns: COLUMNS, index: 0, start: 0 };
  const { happens, change } = await opened([callOf()], () => [
    <TableRow key="row" id={ALICE.id} {...position} {...STATE} {...HANDLERS} />,
  ]);
  const cell = (column: string) => element()?.querySelector(`[data-column="${column}"]`)?.textContent;
  expect([cell('name'), cell('since')]).toEqual(['Alice ChenWith Nordhafen GmbH4:12', '4:12']);
  await happens(() => change(putCall(callOf({ state: 'conference', room: '400', members: 3 }))));
  expect([cell('name'), cell('since')]).toEqual(['Alice ChenConference 4003 people', '4:12']);
  await happens(() => change(removeCall('1.1')));
  expect(cell('name')).toBe('Alice Chen');
});

it('[CT4] two calls are two lines, the one in use first', async () => {
  const ringing = callOf({
    id: '1.2',
    state: 'ringing',
    party: { number: '1127', name: 'Lars' },
    since: NOW - 6000,
  });
  const { happens, change } = await opened([ringing, callOf()]);
  expect(linesOf()).toEqual(['With Nordhafen GmbH4:12', 'From Lars0:06', 'Available']);
  expect(element()?.dataset['call']).toBe('talking');
  await happens(() => change(removeCall('1.1')));
  expect(linesOf()[0]).toBe('From Lars0:06');
  expect(element()?.dataset['call']).toBe('ringing');
});

it('[CT5] the lamp shows states of a line that its device does not have', async () => {
  const { happens, change } = await opened([callOf()]);
  const shapes = [];
  for (const state of ['talking', 'held', 'parked', 'waiting', 'conference', 'voicemail'] as const) {
    const [fields] = TEXTS[state];
    await happens(() => change(putCall(callOf({ state, ...fields }))));
    shapes.push(shape());
  }
  expect(shapes).toEqual(['in-use', 'on-hold', 'parked', 'waiting', 'in-use-conference', 'in-use-voicemail']);
});

it('[CT5] a second line that rings or is held is a badge, also where the device has one state only', async () => {
  const { happens, change } = await opened([callOf()]);
  const badge = () => element()?.querySelector<SVGElement>('.lamp-badge')?.dataset['badge'];
  expect(badge()).toBeUndefined();
  await happens(() => change(putCall(callOf({ id: '1.2', state: 'holding' }))));
  expect(badge()).toBe('on-hold');
  await happens(() => change(putCall(callOf({ id: '1.2', state: 'ringing' }))));
  expect(badge()).toBe('ringing');
});

it('[CT6] the wall shows names of callers, and never a number', async () => {
  const { happens, change } = await opened([callOf()], () => [<WallTile key="1104" id={ALICE.id} />]);
  expect(linesOf()[0]).toBe('With Nordhafen GmbH4:12');
  expect(element()?.outerHTML).not.toContain('4940550199');
  await happens(() => change(putCall(callOf({ party: { number: '+4940550199', name: '' } }))));
  expect(linesOf()[0]).toBe('On a call4:12');
  expect(element()?.outerHTML).not.toContain('4940550199');
});

it('[CT7] a change of a call renders only the tiles of its extensions', async () => {
  const renders: string[] = [];
  const { happens, change } = await opened([callOf()], () =>
    [ALICE, RITA].map(({ id }) => (
      <Profiler key={id} id={id} onRender={() => renders.push(id)}>
        {tile(id)}
      </Profiler>
    )),
  );
  renders.length = 0;
  await happens(() => change(putCall(callOf({ id: '1.3' }, RITA))));
  expect(renders).toEqual([RITA.id]);
  renders.length = 0;
  await happens(() => change(putCall(testCall('1.4'))));
  expect(renders).toEqual([]);
});

it('[CT4] a late person on two calls keeps the late line', async () => {
  const late = { ...ALICE, presence: presenceOf('away'), returnTime: { at: 1, thenState: null } };
  const pbxs = [testPbx('', { callsLink: { state: 'live' } })];
  const calls = [callOf(), callOf({ id: '1.2', state: 'holding' })];
  await renderBoard(() => tile(ALICE.id), [late], {}, { calls, pbxs, time: NOW });
  expect(linesOf()).toEqual([
    'With Nordhafen GmbH4:12',
    'Holding Nordhafen GmbH4:12',
    expect.stringMatching(/^16 min late/u),
  ]);
});
