import type { Call, Extension, ReturnTime } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useAvailabilityAlerts } from '../availability-alerts/use-availability-alerts.ts';
import { useSetPresence } from '../../entities/presence-draft/use-set-presence.ts';
import { RITA } from '../../testing/fake-gateway.ts';
import {
  patch,
  patchPresence,
  presenceOf,
  settingsWith,
  snapshotWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { Desk } from './desk.tsx';
import { useDeskSession } from './desk-session.tsx';

const NOW = new Date(2026, 9, 20, 13, 18).getTime();
const MINUTE = 60_000;
const AWAY = presenceOf('away', '', 'Lunch');

beforeEach(() => vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const returning = (minutes: number, thenState: ReturnTime['thenState'] = null): ReturnTime => ({
  at: NOW + minutes * MINUTE,
  thenState,
});
/** Somebody away until these minutes from now. */
const away = (exten: string, minutes: number, overrides: Partial<Extension> = {}) =>
  testExtension(exten, { presence: AWAY, returnTime: returning(minutes), ...overrides });

const onOpen = vi.fn<(id: string) => void>();

/** The desk with what fills it on the page. */
function Page() {
  const { noteOpened, noteFreed } = useDeskSession();
  const set = useSetPresence();
  useAvailabilityAlerts({ onOpen, onAlert: (id) => noteFreed(id, Date.now()) });
  return (
    <>
      {['1101@default', '1102@default'].map((id) => (
        <button key={id} type="button" onClick={() => noteOpened(id)}>{`open ${id}`}</button>
      ))}
      <button type="button" onClick={() => void set('1101@default', presenceOf('dnd', 'Quiet'), null)}>
        change
      </button>
      <Desk onOpen={onOpen} />
    </>
  );
}

const { matchMedia } = window;
const wide = () => vi.spyOn(window, 'matchMedia').mockImplementation(() => matchMedia.call(window, 'all'));

async function opened(
  extensions: readonly Extension[],
  { watchedExtensions = [] as string[], me = RITA, calls = [] as Call[] } = {},
) {
  onOpen.mockClear();
  const page = renderLive(() => <Page />, { me });
  page.timers.now = NOW;
  await page.happens(() => page.sendSettings(settingsWith({ watchedExtensions })));
  await page.happens(() => page.open(snapshotWith(extensions, { time: NOW, calls })));
  /** Confirms the last change, as Asterisk would. */
  const confirm = () =>
    page.happens(() => {
      const command = page.sentCommands.at(-1);
      if (command === undefined) throw new Error('No command was sent');
      page.change(patchPresence(command.id, command.presence, command.returnTime ?? null));
      page.answer({ ok: true, presence: command.presence });
    });
  return { ...page, confirm };
}

const desk = () => within(screen.getByRole('complementary', { name: 'Desk' }));
const headings = () =>
  desk()
    .queryAllByRole('heading')
    .map(({ textContent }) => textContent);
const part = (name: RegExp) => within(desk().getByRole('region', { name }));
const lines = (name: RegExp) =>
  part(name)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
const button = (name: string) => desk().getByRole('button', { name });

it('[DK1] shows the late, the longest first, then who is due within the hour, by time', async () => {
  await opened([
    away('1101', -4),
    away('1102', 40),
    away('1103', 12),
    away('1104', -12),
    away('1105', 61),
    testExtension('1106'),
  ]);
  expect(headings()).toEqual(['Late 2', 'Due within the hour 2']);
  expect(lines(/^Late/u)).toEqual([
    'Name 110412 min · due 1:06 PM+30 minBack',
    'Name 11014 min · due 1:14 PM+30 minBack',
  ]);
  expect(lines(/^Due/u)).toEqual(['Name 11031:30 PM', 'Name 11021:58 PM']);
  expect(part(/^Due/u).getByText('next 1:30 PM')).toBeDefined();
});

it('[DK1] a person moves from due to late when the time is up, and leaves when back', async () => {
  const { happens, tick, change } = await opened([away('1101', 1)]);
  expect(headings()).toEqual(['Due within the hour 1']);
  await tick(NOW + 2 * MINUTE);
  expect(headings()).toEqual(['Late 1']);
  await happens(() => change(patchPresence('1101@default', presenceOf('available'))));
  expect(screen.queryByRole('heading', { name: /Late/u })).toBeNull();
});

it('[DK2] “+30 min” sets the return time to half an hour from now, and keeps the rest', async () => {
  const { user, sentCommands, confirm } = await opened([
    away('1101', -12, { returnTime: returning(-12, 'available') }),
  ]);
  await user.click(button('+30 min, Name 1101'));
  const returnTime = { at: NOW + 30 * MINUTE, thenState: 'available' };
  expect(sentCommands).toEqual([{ id: '1101@default', presence: AWAY, base: AWAY, returnTime }]);
  await confirm();
  expect(await screen.findByText('Name 1101: Away, back 1:48 PM')).toBeDefined();
  expect(headings()).toEqual(['Due within the hour 1']);
});

it('[DK2] “Back” sets “available” as the editor does: without texts and return time', async () => {
  const { user, sentCommands } = await opened([away('1101', -12)]);
  await user.click(button('Back, Name 1101'));
  expect(sentCommands).toEqual([{ id: '1101@default', presence: presenceOf('available'), base: AWAY }]);
  expect(button('Back, Name 1101').getAttribute('aria-disabled')).toBe('true');
  await user.click(button('Back, Name 1101'));
  expect(sentCommands).toHaveLength(1);
});

it('[DK2] a failure is shown, and leaves a draft that can be saved again', async () => {
  const { user, happens, answer, sentCommands } = await opened([away('1101', -12)]);
  await user.click(button('Back, Name 1101'));
  await happens(() => answer({ ok: false, code: 'refused-by-asterisk', message: 'Asterisk says no.' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Asterisk says no.');
  expect(lines(/^Drafts/u)).toEqual(['Name 1101Not saved · AvailableSave']);
  await user.click(button('Save, Name 1101'));
  expect(sentCommands).toHaveLength(2);
});

it('[DK2] offers neither where the account may not set the presence, or nobody can', async () => {
  const me = { ...RITA, role: 'user' as const, extensions: ['1101@default'] };
  await opened([away('1101', -12), away('1102', -5), away('1103', -4, { provider: 'Other:1' })], { me });
  expect(
    desk()
      .getAllByRole('button', { name: /^Back/u })
      .map((each) => each.getAttribute('aria-label')),
  ).toEqual(['Back, Name 1101']);
});

it('[DK3] shows three lines of a part, and the others when asked', async () => {
  const { user } = await opened([5, 10, 15, 20, 25].map((minutes) => away(`11${minutes}`, minutes)));
  expect(lines(/^Due/u)).toHaveLength(3);
  const more = button('2 more until 1:43 PM');
  expect(more.getAttribute('aria-expanded')).toBe('false');
  await user.click(more);
  expect(lines(/^Due/u)).toHaveLength(5);
  await user.click(button('Show fewer'));
  expect(lines(/^Due/u)).toHaveLength(3);
});

it('[DK3] [DK7] with room it shows all lines, the last changes, and today', async () => {
  wide();
  await opened([5, 10, 15, 20, 300, 24 * 60].map((minutes, index) => away(`110${index}`, minutes)));
  expect(lines(/^Due/u)).toHaveLength(4);
  expect(screen.queryByRole('button', { name: /more/u })).toBeNull();
  expect(part(/^Today/u).getByText('people away').previousSibling?.textContent).toBe('6');
  expect(part(/^Today/u).getByText('due back today').previousSibling?.textContent).toBe('5');
});

it('[DK4] shows whom the user waits for: the free ones first, until they are dismissed', async () => {
  const { user, happens, change, sent } = await opened(
    [testExtension('1101', { lamp: 'in-use', lampSince: NOW - 65_000 }), away('1102', 40)],
    { watchedExtensions: ['1102@default', '1101@default'] },
  );
  expect(lines(/^Waiting for/u)).toEqual(['Name 1102Away · back 1:58 PM', 'Name 1101On a call · 1:05']);
  await happens(() => change(patch('1101@default', { lamp: 'idle' })));
  await expect
    .poll(() => lines(/^Waiting for/u))
    .toEqual([expect.stringMatching(/^Name 1101Free now · 0:0/u), 'Name 1102Away · back 1:58 PM']);
  await user.click(button('Stop waiting for Name 1101'));
  expect(lines(/^Waiting for/u)).toHaveLength(1);
  await user.click(button('Stop waiting for Name 1102'));
  expect(sent('set-preferences').at(-1)).toMatchObject({ preferences: { watchedExtensions: [] } });
});

it('[DK4] a person on the phone again can be waited for again', async () => {
  const { user, happens, change, sent } = await opened([testExtension('1101', { lamp: 'in-use' })], {
    watchedExtensions: ['1101@default'],
  });
  await happens(() => change(patch('1101@default', { lamp: 'idle' })));
  await happens(() => change(patch('1101@default', { lamp: 'in-use', lampSince: NOW })));
  expect(part(/^Waiting for/u).queryByText('Free now')).toBeNull();
  await user.click(button('Notify me, Name 1101'));
  expect(sent('set-preferences').at(-1)).toMatchObject({
    preferences: { watchedExtensions: ['1101@default'] },
  });
  expect(lines(/^Waiting for/u)).toHaveLength(1);
});

it('[DK5] shows unsaved drafts; one that conflicts cannot be saved here', async () => {
  const { user, happens, change, drafts, sentCommands } = await opened([testExtension('1101')]);
  const current = { ...presenceOf('available'), returnTime: null };
  const edited = { state: 'dnd', returnTime: returning(222) } as const;
  await happens(() => drafts.edit('1101@default', current, edited));
  expect(lines(/^Drafts/u)).toEqual(['Name 1101Do not disturb · back 5:00 PMSave']);
  await happens(() => change(patchPresence('1101@default', AWAY)));
  expect(lines(/^Drafts/u)).toEqual(['Name 1101Changed by someone else · Do not disturb · back 5:00 PM']);
  await user.click(button('Name 1101 Changed by someone else · Do not disturb · back 5:00 PM'));
  expect(onOpen).toHaveBeenLastCalledWith('1101@default');
  await happens(() => change(patchPresence('1101@default', presenceOf('available'))));
  await user.click(button('Save, Name 1101'));
  expect(sentCommands).toEqual([
    {
      id: '1101@default',
      presence: presenceOf('dnd'),
      base: presenceOf('available'),
      returnTime: returning(222),
    },
  ]);
});

it('[DK6] keeps the last people opened, the latest first, to open them again', async () => {
  const { user } = await opened([testExtension('1101'), testExtension('1102')]);
  for (const id of ['1101', '1102', '1101'])
    await user.click(screen.getByRole('button', { name: `open ${id}@default` }));
  expect(lines(/^Last opened/u)).toEqual(['Name 1101', 'Name 1102']);
  await user.click(button('Name 1102'));
  expect(onOpen).toHaveBeenLastCalledWith('1102@default');
});

it('[DK7] each of the last changes can be undone while nobody has changed the person since', async () => {
  wide();
  const { user, sentCommands, confirm, happens, change } = await opened([testExtension('1101')]);
  await user.click(screen.getByRole('button', { name: 'change' }));
  await confirm();
  await expect.poll(() => lines(/^My last changes/u)).toEqual(['Name 1101Do not disturb · 1:18 PMUndo']);
  await happens(() => change(patchPresence('1101@default', AWAY)));
  expect(lines(/^My last changes/u)).toEqual(['Name 1101Do not disturb · 1:18 PM']);
  await happens(() => change(patchPresence('1101@default', presenceOf('dnd', 'Quiet'))));
  await user.click(button('Undo, Name 1101'));
  await expect
    .poll(() => sentCommands.at(-1))
    .toMatchObject({ presence: presenceOf('available'), base: presenceOf('dnd', 'Quiet') });
  await confirm();
  await expect.poll(() => desk().queryByRole('region', { name: /^My last changes/u })).toBeNull();
});

it('[DK8] an empty desk says that all is quiet, and how to begin', async () => {
  const { happens, change } = await opened([testExtension('1101')]);
  expect(headings()).toEqual(['All quiet']);
  expect(desk().getByText('Find someone')).toBeDefined();
  await happens(() => change(patch('1101@default', { presence: AWAY, returnTime: returning(-1) })));
  expect(headings()).toEqual(['Late 1']);
});

it('[DK9] while not live the desk is last known, and its durations stop', async () => {
  const { happens, breakOff, tick } = await opened([away('1101', -12)]);
  await happens(breakOff);
  await tick(NOW + 10 * MINUTE);
  expect(lines(/^Late/u)[0]).toContain('12 min');
  expect(part(/^Late/u).getByRole('listitem').dataset['lastKnown']).toBe('true');
});

it('[DK10] the focus stays in a part whose line is done, else in the desk', async () => {
  const { user, confirm } = await opened(
    [away('1101', -12), away('1102', -5), away('1103', 40), away('1104', 300)],
    {
      watchedExtensions: ['1103@default', '1104@default'],
    },
  );
  await user.click(button('Stop waiting for Name 1103'));
  await expect.poll(() => document.activeElement?.textContent).toMatch(/^Name 1104Away/u);
  await user.click(button('Stop waiting for Name 1104'));
  await user.click(button('Back, Name 1101'));
  await confirm();
  await expect.poll(() => document.activeElement?.textContent).toContain('Name 1102');
  await user.click(button('Back, Name 1102'));
  await confirm();
  await expect.poll(() => document.activeElement?.textContent).toBe('Name 1103');
});
