import type { ReturnTime, Extension } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadLanguage } from '../../i18n/languages.ts';
import { createFormats } from '../../i18n/formats.ts';
import { parseReturnTime } from '../../entities/return-time/parse/parse-return-time.ts';
import { formatReturnTime, returnTimePreview } from '../../entities/return-time/format-return-time.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { renderLive } from '../../testing/render-live.tsx';
import {
  PANEL_PROPS,
  patchPresence,
  presenceOf,
  snapshotWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { PersonPanel } from './person-panel.tsx';

const timeAt = (hour: number, minute = 0) => new Date(2026, 9, 20, hour, minute).getTime();
const returnAt = (hour: number, minute = 0) => ({ at: timeAt(hour, minute), thenState: null });
const NOW = timeAt(10, 42);
const ID = '1101@default';
const AWAY = presenceOf('away', '', 'Lunch');

beforeEach(() => vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function setup(overrides: Partial<Extension> = {}) {
  const page = renderLive(() => <PersonPanel id={ID} {...PANEL_PROPS} />);
  page.timers.now = NOW;
  const extension = testExtension('1101', { presence: AWAY, ...overrides });
  await page.happens(() => page.open(snapshotWith([extension], { time: NOW })));
  const pushPresence = (presence: Extension['presence'], returnTime: ReturnTime | null) =>
    page.happens(() => page.change(patchPresence(ID, presence, returnTime)));
  return { ...page, pushPresence };
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Return time' });
const save = () => screen.getByRole('button', { name: 'Save' });
const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });

it('[RT6] a return time alone is an edit: its reading is shown while typing, and it is sent with the presence', async () => {
  const { user, sentCommands } = await setup();
  await user.type(field(), '14');
  expect(screen.getByText('today 2:00 PM, in 3 h 18 min')).toBeDefined();
  await user.selectOptions(screen.getByRole('combobox', { name: 'On return, set' }), 'available');
  await user.click(save());
  expect(sentCommands).toEqual([
    { id: ID, presence: AWAY, base: AWAY, returnTime: { at: timeAt(14), thenState: 'available' } },
  ]);
});

it('[RT6] Undo and Redo include the return time; once it has passed, without the state after it', async () => {
  const before: ReturnTime = { at: timeAt(11), thenState: 'available' };
  const { user, sentCommands, answer, pushPresence, happens } = await setup({ returnTime: before });
  await user.clear(field());
  await user.type(field(), '14:00');
  await user.click(save());
  const after: ReturnTime = { at: timeAt(14), thenState: 'available' };
  await pushPresence(AWAY, after);
  await happens(() => answer({ ok: true, presence: AWAY }));
  vi.setSystemTime(timeAt(11, 30));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  const undone = returnAt(11);
  expect(sentCommands.at(-1)).toEqual({ id: ID, presence: AWAY, base: AWAY, returnTime: undone });
  await pushPresence(AWAY, undone);
  await happens(() => answer({ ok: true, presence: AWAY }));
  await user.click(await screen.findByRole('button', { name: 'Redo' }));
  expect(sentCommands.at(-1)).toMatchObject({ returnTime: after });
});

it('[RT6] an invalid time is named without an alert, blocks the save, and survives closing the panel', async () => {
  const { user, sentCommands, drafts } = await setup();
  const scrollIntoView = vi.fn<(how: object) => void>();
  HTMLElement.prototype.scrollIntoView = scrollIntoView;
  await user.type(field(), '14 boxes');
  expect(field().getAttribute('aria-invalid')).toBeNull();
  await user.keyboard('{Control>}{Enter}{/Control}');
  // Still focused, and marked as invalid.
  expect([field() === document.activeElement, field().getAttribute('aria-invalid')]).toEqual([true, 'true']);
  expect(scrollIntoView.mock.contexts).toEqual([field()]);
  expect(scrollIntoView).toHaveBeenCalledWith({ block: 'nearest' });
  expect(screen.getByText(/^Enter a future time/u)).toBeDefined();
  expect([screen.queryByRole('alert'), sentCommands.length]).toEqual([null, 0]);
  expect(save().getAttribute('aria-disabled')).toBe('true');
  expect(drafts.store.getState().drafts.get(ID)?.invalidTime).toBe('14 boxes');
  await user.click(screen.getByRole('button', { name: 'No return time' }));
  expect([field().value, drafts.store.getState().drafts.size]).toEqual(['', 0]);
});

it('[RT6] Chat clears the return time, and one click restores it; other states carry it over', async () => {
  const { user, sentCommands } = await setup({ returnTime: returnAt(14) });
  await user.click(radio('Do not disturb'));
  expect(field().value).toBe('2:00 PM');
  await user.click(radio('Chat'));
  expect([field().value, screen.getByText('The return time will be cleared.').tagName]).toEqual(['', 'P']);
  await user.click(screen.getByRole('button', { name: 'Keep' }));
  expect(field().value).toBe('2:00 PM');
  await user.click(save());
  expect(sentCommands.at(-1)).toMatchObject({ presence: { state: 'chat' }, returnTime: returnAt(14) });
});

it('[RT15] with Available a return time is not saved, whether typed before or after, and a note says so', async () => {
  const { user, sentCommands } = await setup({ returnTime: returnAt(14) });
  await user.clear(field());
  await user.type(field(), '15:00');
  await user.click(radio('Available'));
  expect(field().value).toBe('');
  await user.type(field(), '16:00');
  expect(screen.getByText(/^Available has no return time/u)).toBeDefined();
  await user.click(save());
  expect(sentCommands).toEqual([{ id: ID, presence: presenceOf('available'), base: AWAY }]);
  expect(field().value).toBe('');
});

it('[RT6] the form follows the board’s return time until one is typed', async () => {
  const { user, pushPresence, sentCommands } = await setup({ returnTime: returnAt(14) });
  await user.type(screen.getByRole('textbox', { name: 'Message' }), 'x');
  await pushPresence(AWAY, returnAt(15));
  expect(field().value).toBe('3:00 PM');
  await user.clear(field());
  await user.type(field(), '16');
  await pushPresence(AWAY, returnAt(17));
  await user.click(save());
  expect(sentCommands.at(-1)).toMatchObject({ returnTime: { at: timeAt(16) } });
});

it('[RT6] shows a rejected time as an alert, and keeps it', async () => {
  const { user, happens, answer } = await setup();
  await user.type(field(), '14');
  await user.click(save());
  const failure = { ok: false, code: 'invalid-return-time', message: 'The return time is past.' };
  await happens(() => answer(failure));
  expect((await screen.findByRole('alert')).textContent).toBe('The return time is past.');
  expect(field().value).toBe('2:00 PM');
});

it('[RT8] the field shows its reading, and offers the other half of the day', async () => {
  const { user, sentCommands } = await setup();
  await user.type(field(), 'back at three');
  expect(screen.getByText('today 3:00 PM, in 4 h 18 min')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'or tomorrow 3:00 AM' }));
  expect(field().value).toBe('tomorrow 3:00 AM');
  expect(screen.queryByRole('button', { name: /^or / })).toBeNull();
  await user.click(save());
  expect(sentCommands.at(-1)).toMatchObject({ returnTime: { at: new Date(2026, 9, 21, 3).getTime() } });
});

it('[RT3] the panel shows how long a person is overdue, also when read-only', async () => {
  await setup({ returnTime: returnAt(10, 30) });
  expect(screen.getAllByText(/12 min late/u).length).toBeGreaterThan(0);
  cleanup();
  await setup({ returnTime: returnAt(10, 30), provider: 'Other:1' });
  expect(screen.getByText('12 min late')).toBeDefined();
});

it('[WH1] names the actor of a scheduled return', async () => {
  await setup({ presenceSetBy: { kind: 'return-time', name: 'Rita' }, presenceSetAt: NOW });
  expect(screen.getByText(/^Set automatically \(scheduled by/u).textContent).toContain('Rita');
});

it('[RT6] every chip is a time that can be typed, in every language', async () => {
  for (const t of [translateEnglish, await loadLanguage('de')]) {
    for (const chip of t('return-time.suggestions').split(', '))
      expect(parseReturnTime(chip, NOW, t), chip).not.toBeNull();
  }
  const { user } = await setup();
  await user.click(screen.getByRole('button', { name: '30 min' }));
  expect(screen.getByText('today 11:12 AM, in 30 min')).toBeDefined();
});

it('[RT5] the displayed return time parses to the same moment, up to a year ahead', async () => {
  const now = new Date(2026, 9, 20, 10, 42).getTime();
  for (const t of [translateEnglish, await loadLanguage('de')]) {
    const formats = createFormats(t);
    for (const days of [0, 1, 5, 6, 7, 70, 80, 299, 301, 364, 365]) {
      const timestamp = new Date(2026, 9, 20 + days, 10, days === 365 ? 30 : 50).getTime();
      const text = formatReturnTime(t, timestamp, now);
      expect(parseReturnTime(text, now, t)?.timestamp, text).toBe(timestamp);
    }
    const far = new Date(2027, 9, 20, 10, 30).getTime();
    expect(returnTimePreview(t, formats, far, now)).toContain('2027');
  }
});
