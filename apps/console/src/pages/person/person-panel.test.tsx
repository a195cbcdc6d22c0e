import { type Actor, type Extension, type Me, SETTABLE_STATES } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { RITA } from '../../testing/fake-gateway.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import {
  PANEL_PROPS,
  patchPresence,
  personNamed,
  presenceOf,
  put,
  remove,
  snapshotWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { PersonPanel } from './person-panel.tsx';

const ADA: Me = { ...RITA, name: 'ada', role: 'admin' };
const ID = '1101@default';
const AWAY = presenceOf('away', 'back at two', 'Lunch');
const DND = presenceOf('dnd', 'theirs');

async function setup(overrides: Partial<Extension> = { presence: AWAY }, me: Me = RITA) {
  const onClose = vi.fn<() => void>();
  const panel = () => <PersonPanel id={ID} {...PANEL_PROPS} focusRequest={1} onClose={onClose} />;
  return { ...(await renderBoard(panel, [testExtension('1101', overrides)], { me })), onClose };
}

const message = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
const subtype = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Subtype' });
const texts = () => [subtype().value, message().value];
const save = () => screen.getByRole('button', { name: 'Save' });
const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });
async function typeAndSave(user: UserEvent) {
  await user.type(message(), '!');
  await user.click(save());
}

it('[ED7] has a radio group with the six states, a subtype, a message, and Save', async () => {
  await setup();
  expect(screen.getByRole('radiogroup', { name: 'Presence' })).toBeDefined();
  expect(screen.getAllByRole('radio').map((element) => element.getAttribute('aria-label'))).toEqual(
    SETTABLE_STATES.map((state) => translateEnglish(`presence.${state}`)),
  );
  expect([radio('Away').checked, subtype().value, message().value]).toEqual([true, 'Lunch', 'back at two']);
  expect(save().getAttribute('aria-disabled')).toBe('true');
});

it('[ED4] shows “Saving…” until the reply; only the board shows the new presence', async () => {
  const { user, happens, sentCommands, answer, change, live } = await setup();
  await user.type(message(), '!');
  await user.click(save());
  expect(screen.getByRole('button', { name: 'Saving…' })).toBeDefined();
  expect(sentCommands).toEqual([{ id: ID, presence: { ...AWAY, message: 'back at two!' }, base: AWAY }]);
  expect(live.store.getState().board?.extensions.get(ID)?.presence).toEqual(AWAY);
  await happens(() => change(patchPresence(ID, { ...AWAY, message: 'back at two!' })));
  await happens(() => answer({ ok: true, presence: { ...AWAY, message: 'back at two!' } }));
  expect(await screen.findByText('Saved')).toBeDefined();
});

it('[ED9] after a save, Undo sends the previous presence, based on the saved one', async () => {
  const { user, happens, sentCommands, answer, change } = await setup();
  await user.click(radio('Do not disturb'));
  await user.click(save());
  const after = { ...AWAY, state: 'dnd' } as const;
  await happens(() => change(patchPresence(ID, after)));
  await happens(() => answer({ ok: true, presence: after }));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(sentCommands.at(-1)).toEqual({ id: ID, presence: AWAY, base: after });
  await happens(() => change(patchPresence(ID, AWAY)));
  await happens(() => answer({ ok: true, presence: AWAY }));
  expect(await screen.findByText('Undone')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Redo' })).toBeDefined();
});

it('[ED5] shows a failure as an alert, and keeps the text', async () => {
  const { user, happens, answer } = await setup();
  await typeAndSave(user);
  await happens(() => answer({ ok: false, code: 'refused-by-asterisk', message: 'Asterisk said no.' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Asterisk said no.');
  expect(message().value).toBe('back at two!');
});

it('[ED6] while not live a save fails with a reason; the text stays, and is not sent on reconnect', async () => {
  const { user, happens, breakOff, open, sentCommands } = await setup();
  await user.type(message(), '!');
  await happens(breakOff);
  await user.click(save());
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was sent');
  await happens(() => open(snapshotWith([testExtension('1101', { presence: AWAY })], { epoch: 'e2' })));
  expect([message().value, sentCommands.length]).toEqual(['back at two!', 0]);
});

it('[ED6] a reconnect removes the alert, and the note says what is not saved', async () => {
  const { user, happens, breakOff, open } = await setup();
  await user.type(message(), '!');
  await happens(breakOff);
  await user.click(save());
  await screen.findByRole('alert');
  await happens(() => open(snapshotWith([testExtension('1101', { presence: AWAY })], { epoch: 'e2' })));
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText('Live again. Not saved yet.')).toBeDefined();
});

it('[ED3] shows both versions of a conflict, and accepts the other one on request', async () => {
  const { user, happens, change } = await setup();
  await user.type(message(), '!');
  await happens(() => change(patchPresence(ID, DND)));
  expect(screen.getByText('Current').parentElement?.textContent).toContain('theirs');
  expect(screen.getByText('Yours').parentElement?.textContent).toContain('back at two!');
  expect([message().value, save().getAttribute('aria-disabled')]).toEqual(['back at two!', 'true']);
  await user.click(screen.getByRole('button', { name: 'Keep current' }));
  expect([message().value, radio('Do not disturb').checked]).toEqual(['theirs', true]);
});

it.each<[string, Actor | null]>([
  ['Ada changed this while you were editing', { kind: 'account', name: 'Ada' }],
  ['You changed this elsewhere while editing', { kind: 'account', name: RITA.name }],
  ['Changed from the phone while you were editing', { kind: 'phone' }],
  ['Set automatically while you were editing, as scheduled by Ada', { kind: 'return-time', name: 'Ada' }],
  ['Someone else changed this while you were editing', null],
])('[ED3] the versions say who else changed it: %s', async (text, by) => {
  const { user, happens, change } = await setup();
  await user.type(message(), '!');
  await happens(() => change(patchPresence(ID, DND, null, by)));
  expect(screen.getByRole('region', { name: text })).toBeDefined();
});

it('[ED3] “Use mine” overwrites the other version', async () => {
  const { user, happens, answer, sentCommands } = await setup();
  await typeAndSave(user);
  await happens(() => answer({ ok: false, code: 'conflict', message: 'Changed meanwhile.', current: DND }));
  await user.click(await screen.findByRole('button', { name: 'Use mine' }));
  expect(sentCommands.at(-1)).toEqual({ id: ID, presence: { ...AWAY, message: 'back at two!' }, base: DND });
});

it('[ED2] another state carries the text over, and offers to clear it', async () => {
  const { user } = await setup();
  await user.click(radio('Extended away'));
  expect(texts()).toEqual(['Lunch', 'back at two']);
  await user.click(screen.getByRole('button', { name: 'Clear text' }));
  expect(texts()).toEqual(['', '']);
});

it('[ED15] Available clears the old text, says so, and one click restores it', async () => {
  const { user, sentCommands } = await setup();
  await user.click(radio('Available'));
  expect(texts()).toEqual(['', '']);
  expect(screen.getByText('Subtype and message will be cleared.')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Keep text' }));
  expect(texts()).toEqual(['Lunch', 'back at two']);
  expect(document.activeElement).toBe(subtype());
  await user.click(radio('Away'));
  await user.click(radio('Available'));
  await user.click(save());
  const presence = presenceOf('available');
  expect(sentCommands.at(-1)).toEqual({ id: ID, presence, base: AWAY });
});

it('[KB7] the focus stays in the panel when the focused button is removed', async () => {
  const { user, happens, change } = await setup();
  const focused = () => document.activeElement;
  const heading = screen.getByRole('heading', { name: 'Name 1101' });
  await user.click(radio('Extended away'));
  await user.click(screen.getByRole('button', { name: 'Clear text' }));
  expect(focused()).toBe(subtype());
  await happens(() => change(patchPresence(ID, DND)));
  await user.click(screen.getByRole('button', { name: 'Keep current' }));
  await vi.waitFor(() => expect(focused()).toBe(heading));
  await user.keyboard('3');
  expect(radio('Away').checked).toBe(true);
  await user.click(message());
  await happens(() => change(remove(ID)));
  await vi.waitFor(() => expect(focused()).toBe(screen.getByRole('heading', { name: '1101@default' })));
});

it('[ED12] a draft reverted by Escape can be restored', async () => {
  const { user } = await setup();
  await user.type(message(), '!{Escape}');
  await user.click(screen.getByRole('button', { name: 'Restore' }));
  expect(message().value).toBe('back at two!');
  expect(screen.queryByRole('button', { name: 'Restore' })).toBeNull();
});

it('[ED10] suggestions do not move, and are a single tab stop', async () => {
  const { user, happens, change } = await setup();
  const added = testExtension('1102', { presence: { ...AWAY, subtype: 'Aaa' } });
  const overrides = testExtension('1103', { presence: { ...AWAY, subtype: 'Aaa' } });
  await happens(() => change(put(added), put(overrides)));
  const chips = within(await screen.findByRole('toolbar', { name: 'Subtype suggestions' }));
  expect(chips.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Lunch']);
  await user.click(subtype());
  await user.tab();
  await user.tab();
  expect(document.activeElement).toBe(message());
});

it('[BD6] shows the duration of the presence', async () => {
  await setup({ presence: AWAY, presenceSetAt: -7 * 60_000 });
  expect(screen.getByText('for 7 min')).toBeDefined();
});

it('[ED10] one click fills in a suggested subtype', async () => {
  const { user } = await setup({ presence: { ...AWAY, subtype: 'Meeting' } });
  await user.clear(subtype());
  await user.click(await screen.findByRole('button', { name: 'Meeting' }));
  expect(subtype().value).toBe('Meeting');
});

it('[KB3] 1 to 6 choose the presence, but are text in a text field', async () => {
  const { user } = await setup();
  await user.keyboard('5');
  expect(radio('Do not disturb').checked).toBe(true);
  await user.type(message(), '1');
  expect([radio('Do not disturb').checked, message().value]).toEqual([true, 'back at two1']);
});

it('[KB4] Ctrl+Enter saves from anywhere in the panel, text fields included', async () => {
  const { user, sentCommands } = await setup();
  await user.type(message(), '!{Control>}{Enter}{/Control}');
  expect(sentCommands).toHaveLength(1);
});

it('[KB5] Escape reverts the draft first, and closes then', async () => {
  const { user, onClose } = await setup();
  await user.type(message(), '!{Escape}');
  expect(message().value).toBe('back at two');
  expect(onClose).not.toHaveBeenCalled();
  await user.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledOnce();
});

it('[TX1] keeps line breaks of a stored subtype; Enter adds none', async () => {
  const { user } = await setup({ presence: { ...AWAY, subtype: 'two\nlines' } });
  expect(subtype().value).toBe('two\nlines');
  await user.type(subtype(), '{Enter}!');
  expect(subtype().value).toBe('two\nlines!');
});

it('[TX3] warns of a text beyond the limit of Asterisk while typing, and blocks the save', async () => {
  const { user, sentCommands } = await setup();
  await user.click(message());
  await user.paste('x'.repeat(800));
  expect(screen.getByRole('alert').textContent).toContain('Shorten it');
  await user.click(save());
  expect([save().getAttribute('aria-disabled'), sentCommands.length]).toEqual(['true', 0]);
});

it('[ED11] shows a read-only presence, and why it cannot be edited', async () => {
  await setup({ provider: 'SIP:1101', presence: { ...AWAY, message: 'a\n<b>b</b>' } }, ADA);
  expect(screen.queryByRole('radiogroup')).toBeNull();
  expect(screen.getByText(/comes from SIP:1101/u)).toBeDefined();
  expect(document.querySelector('.presence-text-message')?.textContent).toBe('a\n<b>b</b>');
});

it('[ED11] an extension without a provider tells an administrator how to get one', async () => {
  await setup({ provider: null, presence: null }, ADA);
  expect(screen.getByText(/add a CustomPresence: provider/u)).toBeDefined();
});

it.each([
  ['no presence to set.', null],
  ['Ask your Lampboard administrator.', 'SIP:1101'],
  ['Ask your Lampboard administrator.', ' CustomPresence:1101'],
  ['Ask your Lampboard administrator.', 'CustomPresence:a&CustomPresence:b'],
])('[ED11] others read no word of hints: %s', async (text, provider) => {
  await setup({ provider, presence: null });
  const panel = screen.getByRole('region', { name: 'Presence' });
  expect(panel.textContent).toContain(text);
  expect(panel.textContent).not.toMatch(/hint|provider|CustomPresence/iu);
});

it('[BD13] an extension without a name is called by its number, once', async () => {
  await setup({ person: personNamed('1101') });
  expect(screen.getByRole('heading', { name: 'Extension 1101' })).toBeDefined();
  expect(document.querySelector('.person-header')?.textContent).toBe('Extension 1101');
});

it('[ED8] a draft can still be read when the hint is removed', async () => {
  const { user, happens, change } = await setup();
  await user.type(message(), '!');
  await happens(() => change(remove(ID)));
  expect(screen.getByText('back at two!')).toBeDefined();
});

it('[OB2] the star in the header toggles a favourite', async () => {
  const { user, settings } = await setup();
  const star = () => screen.getByRole('button', { name: 'Favourite' });
  await user.click(star());
  expect(star().getAttribute('aria-pressed')).toBe('true');
  expect(settings.store.getState().groups[0]?.members).toEqual([ID]);
  await user.click(star());
  expect(star().getAttribute('aria-pressed')).toBe('false');
});

it('[KB3] digits typed in the return time choose no presence', async () => {
  const { user } = await setup();
  await user.type(screen.getByRole('textbox', { name: 'Return time' }), '15');
  expect(radio('Away').checked).toBe(true);
});

it('[BD37] the header names the context only if another extension has the number', async () => {
  const { happens, change } = await setup();
  expect(screen.getByRole('heading', { name: 'Name 1101' })).toBeDefined();
  expect(screen.queryByText('Context default')).toBeNull();
  const extension = testExtension('1101', { id: '1101@warehouse', context: 'warehouse' });
  await happens(() => change(put(extension)));
  expect(screen.getByRole('heading', { name: 'Name 1101 (default)' })).toBeDefined();
  expect(screen.getByText('Context default')).toBeDefined();
});

it('[KP9] [PF4] lists the further numbers, and what is on at the phone', async () => {
  await setup({
    aliases: ['*801101@default', '1101@sales'],
    phone: { lamp: 'idle', dnd: false, forwarded: true },
  });
  expect(screen.getByText('also *801101')).toBeDefined();
  expect(screen.getByText('Calls forwarded')).toBeDefined();
});
