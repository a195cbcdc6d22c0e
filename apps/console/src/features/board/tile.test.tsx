import { LAMPS } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, expect, it } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { testExtension, snapshotWith } from '../../testing/fixtures.ts';
import { Tile } from './tile.tsx';

afterEach(cleanup);

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
  const { happens, open } = renderLive(() => ['1101@default', '1102@default'].map(tile));
  await happens(() =>
    open(snapshotWith([testExtension('1101', { lamp: 'busy' }), testExtension('1102', { presence: null })])),
  );
  expect(element('1101@default')?.dataset).toMatchObject({ lamp: 'busy', presence: 'available' });
  expect(element('1102@default')?.dataset).not.toHaveProperty('presence');
  expect(screen.getByRole('gridcell', { name: /^1101 Name 1101, Busy, Available, /u })).toBe(
    element('1101@default'),
  );
});

it('[LK1] while the board is not live every lamp is unknown, with its last known state', async () => {
  const { happens, open, breakOff } = renderLive(() => tile('1101@default'));
  await happens(() => open(snapshotWith([testExtension('1101', { lamp: 'ringing' })])));
  await happens(breakOff);
  expect(element('1101@default')?.dataset).toMatchObject({ lamp: 'unknown', lastKnown: 'ringing' });
  expect(element('1101@default')?.getAttribute('aria-label')).toContain('last known: Ringing');
});

it('[BD4] a change renders only its own tile', async () => {
  const renders: string[] = [];
  const {
    happens,
    open,
    delta: frame,
  } = renderLive(() =>
    ['1101@default', '1102@default'].map((id) => (
      <Profiler key={id} id={id} onRender={() => renders.push(id)}>
        {tile(id)}
      </Profiler>
    )),
  );
  await happens(() => open(snapshotWith([testExtension('1101'), testExtension('1102')])));
  renders.length = 0;
  const change = {
    table: 'extensions',
    op: 'patch',
    id: '1102@default',
    fields: { lamp: 'in-use', lampSince: 0 },
  };
  await happens(() => frame({ epoch: 'e1', seq: 1, changes: [change] }));
  expect(renders).toEqual(['1102@default']);
});

it('[BD6] shows the duration by the gateway’s clock, and stops while not live', async () => {
  const { happens, open, breakOff, timers } = renderLive(() => tile('1101@default'));
  timers.now = 1000;
  const extension = testExtension('1101', { lamp: 'in-use', lampSince: 4_940_000 });
  await happens(() => open(snapshotWith([extension], { time: 5_000_000 })));
  expect(screen.getByText('1:00')).toBeDefined();
  timers.now = 6000;
  await happens(breakOff);
  timers.now = 90_000;
  await happens(() => undefined);
  expect(screen.getByText('1:05')).toBeDefined();
});

it('[BD6] shows no duration if the start is unknown', async () => {
  const { happens, open } = renderLive(() => tile('1101@default'));
  await happens(() => open(snapshotWith([testExtension('1101')])));
  expect(document.querySelector('.tile-duration')).toBeNull();
});

it('[BD11] every lamp has a shape of its own, live and as last known', async () => {
  const extensions = LAMPS.map((lamp) => testExtension(lamp, { lamp }));
  const { happens, open, breakOff } = renderLive(() => extensions.map(({ id }) => tile(id)));
  const shapes = () => new Set([...document.querySelectorAll('.lamp')].map((lamp) => lamp.innerHTML));
  await happens(() => open(snapshotWith(extensions)));
  expect(shapes().size).toBe(LAMPS.length);
  await happens(breakOff);
  expect(shapes().size).toBe(LAMPS.length);
});

it('[TX4] user input is rendered as text', async () => {
  const { happens, open } = renderLive(() => tile('1101@default'));
  const presence = { state: 'away', subtype: '<b>x</b>', message: '<img src=x onerror=alert(1)>' } as const;
  await happens(() => open(snapshotWith([testExtension('1101', { presence })])));
  expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeDefined();
  expect(document.querySelector('img, b')).toBeNull();
});
