import { KINDS, LAMPS, PRESENCE_STATES } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { Profiler } from 'react';
import { expect, it } from 'vitest';
import { renderBoard, renderLive } from '../../testing/render-live.tsx';
import { patch, presenceOf, testExtension, testLine, twoPbxs } from '../../testing/fixtures.ts';
import { Tile } from './tile.tsx';

const nothing = () => undefined;
const tile = (id: string) => (
  <Tile
    key={id}
    id={id}
    column={1}
    open={false}
    highlighted={false}
    stale={false}
    unsaved={false}
    tabbable
    onOpen={nothing}
    onFocusTile={nothing}
  />
);
const element = (id: string) => document.querySelector<HTMLElement>(`[data-extension="${id}"]`);

it('[BD1] a tile has its extension, lamp and presence, if any', async () => {
  const extensions = [testExtension('1101', { lamp: 'busy' }), testExtension('1102', { presence: null })];
  await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  expect(element('1101@default')?.dataset).toMatchObject({ lamp: 'busy', presence: 'available' });
  expect(element('1102@default')?.dataset).not.toHaveProperty('presence');
  expect(screen.getByRole('gridcell', { name: /^1101 Name 1101, Busy, Available, /u })).toBe(
    element('1101@default'),
  );
});

it('[LK1] while the board is not live every lamp is unknown, with its last known state', async () => {
  const extension = testExtension('1101', { lamp: 'ringing' });
  const { happens, breakOff } = await renderBoard(() => tile(extension.id), [extension]);
  await happens(breakOff);
  expect(element('1101@default')?.dataset).toMatchObject({ lamp: 'unknown', lastKnown: 'ringing' });
  expect(element('1101@default')?.getAttribute('aria-label')).toContain('last known: Ringing');
});

it('[LK1] with several PBXs only the lamps of the one that is down are unknown', async () => {
  const { happens, open, change } = renderLive(() => ['north/1101@default', 'south/1101@default'].map(tile));
  await happens(() => open(twoPbxs()));
  await happens(() =>
    change({
      table: 'pbxs',
      op: 'patch',
      id: 'south',
      fields: { link: { state: 'down', since: 5, reason: 'unreachable' } },
    }),
  );
  expect(element('north/1101@default')?.dataset).toMatchObject({ lamp: 'idle' });
  expect(element('south/1101@default')?.dataset).toMatchObject({ lamp: 'unknown', lastKnown: 'idle' });
});

it('[BD4] a change renders only its own tile', async () => {
  const renders: string[] = [];
  const extensions = [testExtension('1101'), testExtension('1102')];
  const content = () =>
    extensions.map(({ id }) => (
      <Profiler key={id} id={id} onRender={() => renders.push(id)}>
        {tile(id)}
      </Profiler>
    ));
  const { happens, change } = await renderBoard(content, extensions);
  renders.length = 0;
  await happens(() => change(patch('1102@default', { lamp: 'in-use', lampSince: 0 })));
  expect(renders).toEqual(['1102@default']);
});

it('[BD6] shows the duration by the gateway’s clock, and stops while not live', async () => {
  const extension = testExtension('1101', { lamp: 'in-use', lampSince: 4_940_000 });
  const content = () => tile(extension.id);
  const { happens, breakOff, timers } = await renderBoard(content, [extension], {}, { time: 5_000_000 });
  expect(screen.getByText('1:00')).toBeDefined();
  timers.now += 5000;
  await happens(breakOff);
  timers.now += 84_000;
  await happens(() => undefined);
  expect(screen.getByText('1:05')).toBeDefined();
});

it('[BD6] shows no duration if the start is unknown', async () => {
  await renderBoard(() => tile('1101@default'), [testExtension('1101')]);
  expect(document.querySelector('.tile-duration')).toBeNull();
});

it('[BD11] every lamp has a shape of its own, live and as last known', async () => {
  const extensions = LAMPS.map((lamp) => testExtension(lamp, { lamp }));
  const { happens, breakOff } = await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  const shapes = () => new Set([...document.querySelectorAll('.lamp')].map((lamp) => lamp.innerHTML));
  expect(shapes().size).toBe(LAMPS.length);
  await happens(breakOff);
  expect(shapes().size).toBe(LAMPS.length);
});

it('[TX4] user input is rendered as text', async () => {
  const presence = presenceOf('away', '<img src=x onerror=alert(1)>', '<b>x</b>');
  await renderBoard(() => tile('1101@default'), [testExtension('1101', { presence })]);
  expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeDefined();
  expect(document.querySelector('img, b')).toBeNull();
});

it('[KP6] a room and a function have a rounded square, of another shape in each state', async () => {
  const lines = KINDS.filter((kind) => kind !== 'person' && kind !== 'feature-code').flatMap((kind) => [
    testLine(kind, `${kind}-on`, { lamp: 'in-use' }),
    testLine(kind, `${kind}-off`),
  ]);
  const { happens, breakOff } = await renderBoard(
    () => [tile('person@default'), ...lines.map(({ id }) => tile(id))],
    [testExtension('person'), ...lines],
  );
  const lampOf = (id: string) => element(id)?.querySelector('.lamp');
  expect(lampOf('person@default')?.querySelector('rect')).toBeNull();
  const shapes = () => new Set(lines.map(({ id }) => lampOf(id)?.innerHTML));
  for (const { id } of lines) {
    expect(lampOf(id)?.querySelectorAll('circle')).toHaveLength(0);
    expect(lampOf(id)?.querySelectorAll('rect')).toHaveLength(1);
    // The only green shape.
    expect(lampOf(id)?.getAttribute('data-shape')).not.toBe('reachable');
  }
  expect(shapes().size).toBe(lines.length);
  await happens(breakOff);
  expect(shapes().size).toBe(lines.length);
});

it('[KP8] a tile has its kind, and whether it is reachable, only while live', async () => {
  const extensions = [
    testExtension('1101'),
    testExtension('1102', { lamp: 'in-use' }),
    testExtension('1103', { kind: 'room' }),
    testLine('parking', '71'),
  ];
  const { happens, breakOff } = await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  const kinds = extensions.map(({ id }) => element(id)?.dataset['kind']);
  expect(kinds).toEqual(['person', 'person', 'room', 'parking']);
  const reachable = () =>
    extensions.filter(({ id }) => element(id)?.hasAttribute('data-reachable')).map(({ exten }) => exten);
  expect(reachable()).toEqual(['1101']);
  await happens(breakOff);
  expect(reachable()).toEqual([]);
});

it('[PF4] an idle phone that takes no calls is not green, and looks different', async () => {
  const phone = { lamp: 'idle', dnd: false } as const;
  const extensions = [
    testExtension('1101'),
    testExtension('1102', { phone: { ...phone, dnd: true } }),
    testExtension('1103', { phone: { ...phone, forwarded: true } }),
  ];
  await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  const lamps = extensions.map(({ id }) => element(id)?.querySelector('.lamp'));
  expect(lamps.map((lamp) => lamp?.getAttribute('data-shape') === 'reachable')).toEqual([true, false, false]);
  expect(new Set(lamps.map((lamp) => lamp?.innerHTML)).size).toBe(3);
});

it('[PF5] a tile has a sign for each feature beside lamp and presence, and words where a line is left for them', async () => {
  const phone = { dnd: true, forwarded: true, forwardedTo: '1102', followMe: true };
  const returnTime = { at: 4_000_000, thenState: null };
  const late = { presence: presenceOf('away'), returnTime: { at: 1, thenState: null } };
  const twin = testExtension('1102', { id: '1102@sales', context: 'sales' });
  const extensions = [
    testExtension('1101', { phone }),
    testExtension('1102', { phone, ...late }),
    testExtension('1103', { phone: { lamp: 'idle', dnd: false } }),
    testExtension('1104', { phone, presence: presenceOf('away'), returnTime }),
  ];
  const { happens, change, timers } = await renderBoard(
    () => extensions.map(({ id }) => tile(id)),
    [...extensions, twin],
  );
  timers.now += 60_000;
  await happens(() => change(patch('1103@default', { lampSince: 0 })));
  const badges = (id: string) => element(id)?.querySelector<HTMLElement>('.phone-badges');
  const text = 'Phone on do not disturb · Calls forwarded to 1102 · Follow-me on';
  for (const id of ['1101@default', '1102@default', '1104@default']) {
    expect(new Set([...(badges(id)?.querySelectorAll('svg') ?? [])].map((sign) => sign.innerHTML)).size).toBe(
      3,
    );
    expect(badges(id)?.title).toBe(text);
    expect(element(id)?.querySelectorAll('.lamp, .presence-label')).toHaveLength(2);
  }
  expect(element('1101@default')?.textContent).toContain(text);
  expect(element('1104@default')?.textContent).toContain(text);
  expect(element('1102@default')?.textContent).not.toContain('Follow-me');
  expect(badges('1103@default')).toBeNull();
  await happens(() => change(patch('1101@default', { phone: { dnd: false } })));
  expect(badges('1101@default')).toBeNull();
});

const shape = (id: string) => element(id)?.querySelector('.lamp')?.getAttribute('data-shape');
const linesOf = (id: string) =>
  [...(element(id)?.querySelectorAll('.tile-text > *') ?? [])]
    .map(({ textContent }) => textContent)
    .filter((line) => line !== '');

it('[PF5] a phone that is busy by do not disturb says so in one line, so that presence and message have theirs', async () => {
  const presence = { state: 'dnd', subtype: '', message: 'Quarter close' } as const;
  const extensions = [testExtension('1101', { lamp: 'busy', phone: { dnd: true }, presence })];
  await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  expect(linesOf('1101@default').slice(1)).toEqual([
    'Busy · do not disturb',
    'Do not disturb',
    'Quarter close',
  ]);
  expect(element('1101@default')?.querySelector('.phone-badges')?.getAttribute('title')).toBe(
    'Phone on do not disturb',
  );
});

it('[BR1] a lamp is green exactly where the person is reachable', async () => {
  const extensions = [
    testExtension('1101'),
    ...LAMPS.filter((lamp) => lamp !== 'idle').map((lamp) => testExtension(lamp, { lamp })),
    ...PRESENCE_STATES.filter((state) => state !== 'available').map((state) =>
      testExtension(state, { presence: presenceOf(state) }),
    ),
    testExtension('no-presence', { presence: null }),
    testExtension('no-phone', { phone: null }),
    testExtension('room', { kind: 'room' }),
  ];
  const { happens, breakOff } = await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  const green = () => extensions.filter(({ id }) => shape(id) === 'reachable').map(({ exten }) => exten);
  expect(green()).toEqual(['1101']);
  await happens(breakOff);
  expect(green()).toEqual([]);
});

it('[BR2] the ring of a free phone has the sign of the presence in it', async () => {
  const extensions = PRESENCE_STATES.map((state) => testExtension(state, { presence: presenceOf(state) }));
  await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  const lamps = extensions.map(({ id }) => element(id)?.querySelector('.lamp'));
  expect(lamps.map((lamp) => lamp?.getAttribute('data-body'))).toEqual(
    PRESENCE_STATES.map((state) => (state === 'available' ? 'filled' : 'outlined')),
  );
  expect(new Set(lamps.map((lamp) => lamp?.querySelector('.lamp-glyph')?.getAttribute('d'))).size).toBe(
    PRESENCE_STATES.length,
  );
});

it('[BR3] a second state of the same phone is a badge on its lamp', async () => {
  const extensions = [
    testExtension('1101', { lamp: 'in-use-ringing' }),
    testExtension('1102', { lamp: 'in-use-on-hold' }),
    testExtension('1103', { lamp: 'busy', phone: { lamp: 'in-use', dnd: true } }),
    testExtension('1104', { lamp: 'in-use' }),
  ];
  await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  const badges = extensions.map(
    ({ id }) => element(id)?.querySelector<SVGElement>('.lamp-badge')?.dataset['badge'],
  );
  expect(badges).toEqual(['ringing', 'on-hold', 'dnd', undefined]);
  const handsets = new Set(
    extensions.map(({ id }) => element(id)?.querySelector('.lamp-glyph')?.getAttribute('d')),
  );
  expect(handsets.size).toBe(1);
});

it('[BR5] below the name a tile says why no call can be put through, then the rest', async () => {
  const away = presenceOf('away', 'Back after two.\nSamples are with Ingrid.', 'Dentist');
  const returnTime = { at: 4_000_000, thenState: null };
  const extensions = [
    testExtension('1101'),
    testExtension('1102', { presence: away, returnTime }),
    testExtension('1103', { lamp: 'in-use', lampSince: null, presence: away, returnTime }),
    testExtension('1104', { lamp: 'unavailable', presence: presenceOf('xa') }),
    testExtension('1105', { phone: { lamp: 'idle', dnd: false, forwarded: true } }),
    testExtension('1106', { presence: null }),
  ];
  await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions);
  const answers = extensions.map(({ id }) => linesOf(id).slice(1));
  const message = 'Back after two. Samples are with Ingrid.';
  expect(answers).toEqual([
    ['Available'],
    [expect.stringMatching(/^Awayuntil1:06\sAM·Dentist$/u), message],
    ['On a call', expect.stringMatching(/^Awayuntil1:06\sAM·Dentist$/u), message],
    ['Phone offline', 'Extended away'],
    [' Calls forwarded', 'Available'],
    ['Idle'],
  ]);
  expect(element('1103@default')?.querySelector('.badge-mismatch')?.getAttribute('title')).toBe(
    'Marked away, but on a call',
  );
});

it('[BR6] late has a line of its own, and gives way to nothing', async () => {
  const late = {
    presence: presenceOf('away', 'Batarangs', 'Batcave'),
    returnTime: { at: 1, thenState: null },
  };
  const phone = { lamp: 'in-use', dnd: true } as const;
  const extensions = [
    testExtension('1101', late),
    testExtension('1102', { ...late, lamp: 'busy', phone }),
    testExtension('1102', { id: '1102@sales', context: 'sales', ...late, lamp: 'busy', phone }),
  ];
  await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions, {}, { time: 720_001 });
  const lateLine = expect.stringMatching(/^12 min late· due /u);
  expect(linesOf('1101@default').slice(1)).toEqual(['Away·Batcave', lateLine, 'Batarangs']);
  expect(linesOf('1102@sales').slice(1)).toEqual(['On a call', lateLine, 'Context sales']);
});

it('[BR7] a return time of another day beside a long state is the day', async () => {
  const returnAt = new Date(2026, 9, 6, 9, 0).getTime();
  const extensions = (['away', 'dnd'] as const).map((state) =>
    testExtension(state, { presence: presenceOf(state), returnTime: { at: returnAt, thenState: null } }),
  );
  const time = new Date(2026, 9, 5, 12, 0).getTime();
  await renderBoard(() => extensions.map(({ id }) => tile(id)), extensions, {}, { time });
  expect(extensions.map(({ id }) => linesOf(id)[1])).toEqual([
    'Awayuntiltomorrow 9:00 AM',
    'Do not disturbuntiltomorrow',
  ]);
});
