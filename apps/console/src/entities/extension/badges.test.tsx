import { FAVOURITES } from '@lampboard/protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Profiler } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderBoard } from '../../testing/render-live.tsx';
import { presenceOf, testExtension } from '../../testing/fixtures.ts';
import { UserBadges } from './badges.tsx';
import { useExtensionHandlers } from './use-extension-handlers.ts';
import { useExtensionView } from './use-extension-view.ts';

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
  const { handlers, hovered } = useExtensionHandlers(id, { onOpen, onFocusTile: () => undefined });
  return (
    view && (
      <button type="button" aria-label={view.ariaLabel} {...handlers}>
        <UserBadges favourite={view.favourite} isWatched={view.isWatched} hovered={hovered} />
      </button>
    )
  );
}

const AWAY = presenceOf('away');
const nameOf = (exten: string) =>
  screen.getByRole('button', { name: new RegExp(`^${exten} `, 'u') }).getAttribute('aria-label');
const advanceOneSecond = () => act(() => vi.advanceTimersByTimeAsync(1100));

it('[BD17] turns from “back” to late by the gateway’s clock, and renders only its own tile', async () => {
  const renders: string[] = [];
  const content = () =>
    ['1101', '1102'].map((exten) => (
      <Profiler key={exten} id={exten} onRender={() => renders.push(exten)}>
        <Cell id={`${exten}@default`} />
      </Profiler>
    ));
  const returnAt = new Date(2026, 9, 5, 14, 0).getTime();
  const extensions = [
    testExtension('1101', { presence: AWAY, returnTime: { at: returnAt, thenState: null } }),
    testExtension('1102', { presence: AWAY, presenceSetAt: 0 }),
  ];
  const page = await renderBoard(content, extensions, {}, { time: returnAt - 30_000 });
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

it('[BD17] the delay does not grow while not live', async () => {
  const extension = testExtension('1101', { presence: AWAY, returnTime: { at: 60_000, thenState: null } });
  const page = await renderBoard(() => <Cell id="1101@default" />, [extension], {}, { time: 130_000 });
  expect(nameOf('1101')).toMatch(/1 min late$/u);
  await page.happens(page.breakOff);
  page.timers.now += 600_000;
  await advanceOneSecond();
  expect(nameOf('1101')).toMatch(/1 min late$/u);
});

it('[BD18] the name includes a mismatch of phone and presence while live', async () => {
  const extension = testExtension('1101', { lamp: 'in-use', presence: AWAY });
  const page = await renderBoard(() => <Cell id="1101@default" />, [extension]);
  expect(nameOf('1101')).toContain('Marked away, but on a call');
  await page.happens(page.breakOff);
  expect(nameOf('1101')).not.toContain('Marked away');
});

it('[AR2] the name includes that the filter no longer matches', async () => {
  await renderBoard(() => <Cell id="1101@default" stale />, [testExtension('1101')]);
  expect(nameOf('1101')).toMatch(/, no longer matches$/u);
});

it('[BD19] “*” toggles a favourite, “!” toggles notifications', async () => {
  const page = await renderBoard(() => <Cell id="1101@default" />, [testExtension('1101')]);
  const favourites = () => page.settings.store.getState().groups.find(({ id }) => id === FAVOURITES)?.members;
  const button = screen.getByRole('button', { name: /^1101/u });
  const press = (key: string) => page.happens(() => fireEvent.keyDown(button, { key }));
  await press('*');
  expect(nameOf('1101')).toMatch(/, favourite$/u);
  expect(screen.getByText('Name 1101 added to favourites')).toBeDefined();
  await press('*');
  expect(favourites()).toEqual([]);
  await press('!');
  expect(nameOf('1101')).toMatch(/you will be notified when reachable$/u);
  await press('!');
  expect(page.settings.store.getState().preferences.watchedExtensions).toEqual([]);
});

it('[BD19] a click on the star adds a favourite, and does not open the person', async () => {
  await renderBoard(() => <Cell id="1101@default" />, [testExtension('1101')]);
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  expect(screen.queryByTitle('Add to favourites')).toBeNull();
  await user.hover(screen.getByRole('button', { name: /^1101/u }));
  fireEvent.click(screen.getByTitle('Add to favourites'));
  expect(nameOf('1101')).toMatch(/, favourite$/u);
  expect(onOpen).not.toHaveBeenCalled();
});
