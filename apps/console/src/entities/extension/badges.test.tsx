import { FAVOURITES } from '@lampboard/protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Profiler } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { testExtension } from '../../testing/extension-fixture.ts';
import { snapshotWith } from '../../testing/snapshot-fixture.ts';
import { UserBadges } from './badges.tsx';
import { useExtensionHandlers } from './use-extension-handlers.ts';
import { useExtensionView } from './use-extension.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const onOpen = vi.fn<(id: string) => void>();

function Cell({ id, stale = false }: { id: string; stale?: boolean }) {
  const view = useExtensionView(id, { unsaved: false, stale });
  const { handlers, hovered } = useExtensionHandlers(id, { onOpen: onOpen, onFocusTile: () => undefined });
  return (
    view && (
      <button type="button" aria-label={view.ariaLabel} {...handlers}>
        <UserBadges favourite={view.favourite} isWatched={view.isWatched} hovered={hovered} />
      </button>
    )
  );
}

const AWAY = { state: 'away', subtype: '', message: '' } as const;
const nameOf = (exten: string) =>
  screen.getByRole('button', { name: new RegExp(`^${exten} `, 'u') }).getAttribute('aria-label');
const advanceOneSecond = () => act(() => vi.advanceTimersByTimeAsync(1100));

it('[BD17] turns from “back” to late by the gateway’s clock, and only its own tile', async () => {
  const renders: string[] = [];
  const page = renderLive(() =>
    ['1101', '1102'].map((exten) => (
      <Profiler key={exten} id={exten} onRender={() => renders.push(exten)}>
        <Cell id={`${exten}@default`} />
      </Profiler>
    )),
  );
  const returnAt = new Date(2026, 9, 5, 14, 0).getTime();
  const extensions = [
    testExtension('1101', { presence: AWAY, returnTime: { at: returnAt, thenState: null } }),
    testExtension('1102', { presence: AWAY, presenceSetAt: 0 }),
  ];
  await page.happens(() => page.open(snapshotWith(extensions, { time: returnAt - 30_000 })));
  expect(nameOf('1101')).toMatch(/Away, back 2:00 PM$/u);
  renders.length = 0;
  page.timers.now += 10_000;
  await advanceOneSecond();
  expect(renders).toEqual([]);
  page.timers.now += 20_000;
  await advanceOneSecond();
  expect(nameOf('1101')).toMatch(/Away, <1 min late$/u);
  page.timers.now += 720_000;
  await advanceOneSecond();
  expect(nameOf('1101')).toMatch(/Away, 12 min late$/u);
  expect(new Set(renders)).toEqual(new Set(['1101']));
});

it('[BD17] while not live nobody gets later', async () => {
  const page = renderLive(() => <Cell id="1101@default" />);
  const extension = testExtension('1101', { presence: AWAY, returnTime: { at: 60_000, thenState: null } });
  await page.happens(() => page.open(snapshotWith([extension], { time: 130_000 })));
  expect(nameOf('1101')).toMatch(/1 min late$/u);
  await page.happens(page.breakOff);
  page.timers.now += 600_000;
  await advanceOneSecond();
  expect(nameOf('1101')).toMatch(/1 min late$/u);
});

it('[BD18] telephone and person that contradict each other are told in the name, while that is known', async () => {
  const page = renderLive(() => <Cell id="1101@default" />);
  await page.happens(() =>
    page.open(snapshotWith([testExtension('1101', { lamp: 'in-use', presence: AWAY })])),
  );
  expect(nameOf('1101')).toContain('Says away, but is on the phone');
  await page.happens(page.breakOff);
  expect(nameOf('1101')).not.toContain('Says away');
});

it('[AR2] who does not fit any more says so', async () => {
  const page = renderLive(() => <Cell id="1101@default" stale />);
  await page.happens(() => page.open(snapshotWith([testExtension('1101')])));
  expect(nameOf('1101')).toMatch(/, does not fit any more$/u);
});

it('[BD19] “*” makes a favourite and none any more, “!” has one told', async () => {
  const page = renderLive(() => <Cell id="1101@default" />);
  await page.happens(() => page.open(snapshotWith([testExtension('1101')])));
  const favourites = () => page.settings.store.getState().groups.find(({ id }) => id === FAVOURITES)?.members;
  const button = screen.getByRole('button', { name: /^1101/u });
  const press = (key: string) => page.happens(() => fireEvent.keyDown(button, { key }));
  page.gateway.stub('POST /api/commands/save-group', { reply: { ok: true, value: null } });
  page.gateway.stub('POST /api/commands/set-preferences', { reply: { ok: true, value: null } });
  await press('*');
  expect(nameOf('1101')).toMatch(/, favourite$/u);
  expect(screen.getByText('Name 1101 is a favourite')).toBeDefined();
  await press('*');
  expect(favourites()).toEqual([]);
  await press('!');
  expect(nameOf('1101')).toMatch(/you are told when it can be reached$/u);
  await press('!');
  expect(page.settings.store.getState().preferences.watchedExtensions).toEqual([]);
});

it('[BD19] a click on the star makes a favourite, and opens nobody', async () => {
  const page = renderLive(() => <Cell id="1101@default" />);
  page.gateway.stub('POST /api/commands/save-group', { reply: { ok: true, value: null } });
  await page.happens(() => page.open(snapshotWith([testExtension('1101')])));
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  expect(screen.queryByTitle('Make it a favourite')).toBeNull();
  await user.hover(screen.getByRole('button', { name: /^1101/u }));
  fireEvent.click(screen.getByTitle('Make it a favourite'));
  expect(nameOf('1101')).toMatch(/, favourite$/u);
  expect(onOpen).not.toHaveBeenCalled();
});
