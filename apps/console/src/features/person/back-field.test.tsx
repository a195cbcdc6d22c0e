import type { Back, ExtensionRow } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadLanguage } from '../../i18n/languages.ts';
import { createFormats } from '../../i18n/formats.ts';
import { readReturnTime } from '../../i18n/return-times/read.ts';
import { returnTimeText } from '../../i18n/return-times/write.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { renderLive } from '../../live/testing/render-live.tsx';
import { rowOf } from '../../live/testing/row-of.ts';
import { snapshotWith } from '../../live/testing/snapshot-with.ts';
import { backReading } from './back-reading.ts';
import { createDrafts } from './drafts.ts';
import { DraftsProvider } from './drafts-context.tsx';
import { PersonPanel } from './person-panel.tsx';

const at = (hour: number, minute = 0) => new Date(2026, 9, 20, hour, minute).getTime();
const NOW = at(10, 42);
const ID = '1101@default';
const AWAY = { state: 'away', subtype: 'Lunch', message: '' } as const;

beforeEach(() => vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function opened(more: Partial<ExtensionRow> = {}) {
  const drafts = createDrafts();
  const page = renderLive(() => (
    <DraftsProvider drafts={drafts}>
      <PersonPanel
        id={ID}
        modal={false}
        focusWanted={0}
        news={null}
        account={null}
        tellMe={null}
        history={null}
        onClose={() => undefined}
        onOpen={() => undefined}
      />
    </DraftsProvider>
  ));
  page.timers.now = NOW;
  await page.happens(() =>
    page.open(snapshotWith([rowOf('1101', { presence: AWAY, ...more })], { time: NOW })),
  );
  let seq = 0;
  /** What holds from here on, as the board tells it. */
  const holds = (presence: ExtensionRow['presence'], back: Back | null) => {
    seq += 1;
    const change = { kind: 'presence', id: ID, presence, since: 0, by: null, back };
    return page.happens(() => page.frame({ epoch: 'e1', seq, changes: [change] }));
  };
  return { ...page, drafts, holds, user: userEvent.setup() };
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Back' });
const save = () => screen.getByRole('button', { name: 'Save' });
const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });

it('[RT6] a return time alone is an edit: what it is read as is told while it is typed, and it is sent with the presence', async () => {
  const { user, asked } = await opened();
  await user.type(field(), '14');
  expect(screen.getByText('today 2:00 PM, in 3 h 18 min')).toBeDefined();
  await user.selectOptions(screen.getByRole('combobox', { name: 'At the return time' }), 'available');
  await user.click(save());
  expect(asked).toEqual([{ id: ID, presence: AWAY, base: AWAY, back: { at: at(14), next: 'available' } }]);
});

it('[RT6] after the save, Undo and Redo take the return time with them; where it is past by then, nothing follows on it', async () => {
  const before: Back = { at: at(11), next: 'available' };
  const { user, asked, answer, holds, happens } = await opened({ back: before });
  await user.clear(field());
  await user.type(field(), '14:00');
  await user.click(save());
  const after: Back = { at: at(14), next: 'available' };
  await holds(AWAY, after);
  await happens(() => answer({ ok: true, presence: AWAY }));
  vi.setSystemTime(at(11, 30));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  const undone = { at: at(11), next: null };
  expect(asked.at(-1)).toEqual({ id: ID, presence: AWAY, base: AWAY, back: undone });
  await holds(AWAY, undone);
  await happens(() => answer({ ok: true, presence: AWAY }));
  await user.click(await screen.findByRole('button', { name: 'Redo' }));
  expect(asked.at(-1)).toMatchObject({ back: after });
});

it('[RT6] what is no time is told without an alert, hinders the save, and is kept through closing the panel', async () => {
  const { user, asked, drafts } = await opened();
  const inView = vi.fn<(how: object) => void>();
  HTMLElement.prototype.scrollIntoView = inView;
  await user.type(field(), '14 boxes');
  expect(field().getAttribute('aria-invalid')).toBeNull();
  await user.keyboard('{Control>}{Enter}{/Control}');
  // Still being typed, and marked, as it is what hinders.
  expect([field() === document.activeElement, field().getAttribute('aria-invalid')]).toEqual([true, 'true']);
  expect(inView.mock.contexts).toEqual([field()]);
  expect(inView).toHaveBeenCalledWith({ block: 'nearest' });
  expect(screen.getByText(/^No time to come/u)).toBeDefined();
  expect([screen.queryByRole('alert'), asked.length, save().getAttribute('aria-disabled')]).toEqual([
    null,
    0,
    'true',
  ]);
  expect(drafts.store.getState().drafts.get(ID)?.unread).toBe('14 boxes');
  await user.click(screen.getByRole('button', { name: 'No return time' }));
  expect([field().value, drafts.store.getState().drafts.size]).toEqual(['', 0]);
});

it('[RT6] Chat lets go of the return time, and one click keeps it; other states keep it', async () => {
  const { user, asked } = await opened({ back: { at: at(14), next: null } });
  await user.click(radio('Do not disturb'));
  expect(field().value).toBe('2:00 PM');
  await user.click(radio('Chat'));
  expect([field().value, screen.getByText('The return time will be cleared.').tagName]).toEqual(['', 'P']);
  await user.click(screen.getByRole('button', { name: 'Keep it' }));
  expect(field().value).toBe('2:00 PM');
  await user.click(save());
  expect(asked.at(-1)).toMatchObject({ presence: { state: 'chat' }, back: { at: at(14), next: null } });
});

it('[RT15] with Available a return time is not saved, whether typed before or after, and that is told', async () => {
  const { user, asked } = await opened({ back: { at: at(14), next: null } });
  await user.clear(field());
  await user.type(field(), '15:00');
  await user.click(radio('Available'));
  expect(field().value).toBe('');
  await user.type(field(), '16:00');
  expect(screen.getByText(/^Who is available has no return time/u)).toBeDefined();
  await user.click(save());
  const presence = { state: 'available', subtype: '', message: '' };
  expect(asked).toEqual([{ id: ID, presence, base: AWAY }]);
  expect(field().value).toBe('');
});

it('[RT6] the form follows the board’s return time as long as none was typed, and a typed one stays', async () => {
  const { user, holds, asked } = await opened({ back: { at: at(14), next: null } });
  await user.type(screen.getByRole('textbox', { name: 'Message' }), 'x');
  await holds(AWAY, { at: at(15), next: null });
  expect(field().value).toBe('3:00 PM');
  await user.clear(field());
  await user.type(field(), '16');
  await holds(AWAY, { at: at(17), next: null });
  await user.click(save());
  expect(asked.at(-1)).toMatchObject({ back: { at: at(16) } });
});

it('[RT6] a refused time is told as an alert, and stays', async () => {
  const { user, happens, answer } = await opened();
  await user.type(field(), '14');
  await user.click(save());
  await happens(() => answer({ ok: false, code: 'wrong-time', message: 'The return time is past.' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The return time is past.');
  expect(field().value).toBe('2:00 PM');
});

it('[RT8] the field says what it understood, and offers the other half of the day', async () => {
  const { user, asked } = await opened();
  await user.type(field(), 'back at three');
  expect(screen.getByText('today 3:00 PM, in 4 h 18 min')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'or tomorrow 3:00 AM' }));
  expect(field().value).toBe('tomorrow 3:00 AM');
  expect(screen.queryByRole('button', { name: /^or / })).toBeNull();
  await user.click(save());
  expect(asked.at(-1)).toMatchObject({ back: { at: new Date(2026, 9, 21, 3).getTime() } });
});

it('[RT3] the panel says by how much somebody is late, to those as well who may only read', async () => {
  await opened({ back: { at: at(10, 30), next: null } });
  expect(screen.getAllByText(/12 min late/u).length).toBeGreaterThan(0);
  cleanup();
  await opened({ back: { at: at(10, 30), next: null }, provider: 'Other:1' });
  expect(screen.getByText('12 min late')).toBeDefined();
});

it('[WH1] that somebody is back as planned is told with who planned it', async () => {
  await opened({ presenceBy: { kind: 'return-time', name: 'Rita' }, presenceSince: NOW });
  expect(screen.getByText(/^Back as planned by/u).textContent).toContain('Rita');
});

it('[RT6] every chip is a time that can be typed, in every language', async () => {
  for (const t of [translateEnglish, await loadLanguage('de')]) {
    for (const words of t('back.chips').split(', '))
      expect(readReturnTime(words, NOW, t), words).not.toBeNull();
  }
  const { user } = await opened();
  await user.click(screen.getByRole('button', { name: '30 min' }));
  expect(screen.getByText('today 11:12 AM, in 30 min')).toBeDefined();
});

it('[RT5] what the field shows of a return time is read as the same moment, up to a year ahead', async () => {
  const now = new Date(2026, 9, 20, 10, 42).getTime();
  for (const t of [translateEnglish, await loadLanguage('de')]) {
    const formats = createFormats(t);
    for (const days of [0, 1, 5, 6, 7, 70, 80, 299, 301, 364, 365]) {
      const at = new Date(2026, 9, 20 + days, 10, days === 365 ? 30 : 50).getTime();
      const shown = returnTimeText(t, at, now);
      expect(readReturnTime(shown, now, t)?.at, shown).toBe(at);
    }
    const far = new Date(2027, 9, 20, 10, 30).getTime();
    expect(backReading(t, formats, far, now)).toContain('2027');
  }
});
