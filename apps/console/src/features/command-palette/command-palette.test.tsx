import type { ReturnTime, Extension, Presence, SetPresenceReply } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import {
  patch,
  patchPresence,
  personNamed,
  presenceOf,
  snapshotWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { formatReturnTimeLong } from '../../entities/return-time/format-return-time.ts';
import type { PaletteCommand } from './palette-command.ts';
import { CommandPalette } from './command-palette.tsx';

const named = (exten: string, name: string, overrides: Partial<Extension> = {}): Extension =>
  testExtension(exten, { person: personNamed(name, 'Sales'), ...overrides });
const EXTENSIONS = [
  named('1101', 'Rita Moreno'),
  named('1102', 'Alice Smith', {
    lamp: 'in-use',
    presence: presenceOf('away', 'At Nordhafen.\nUrgent: Josh', 'Visit'),
  }),
  named('1103', 'Bob Smithers'),
  named('1104', 'Door', { provider: null, presence: null }),
];

// Return times in these tests are on the first day of the clock, in 1970.
beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
});

type OnSet = (id: string, presence: Presence, returnTime: ReturnTime | null) => Promise<SetPresenceReply>;

async function setup({ me = RITA, extensions = EXTENSIONS } = {}) {
  const gateway = createFakeGateway();
  const template = {
    id: 't1',
    name: 'Coffee',
    state: 'away',
    subtype: 'Coffee',
    message: 'In the kitchen',
    returnTime: { kind: 'in', minutes: 10, thenState: 'available' },
  };
  gateway.stubCommand('list-templates', { user: [template], site: [] });
  const calls = {
    onOpen: vi.fn<(id: string) => void>(),
    /** Without a reply. */
    onSet: vi.fn<OnSet>(() => new Promise(() => undefined)),
    onClose: vi.fn<(then?: () => void) => void>((then) => then?.()),
    dark: vi.fn<() => void>(),
    notify: vi.fn<() => void>(),
  };
  const commands: readonly PaletteCommand[] = [
    { id: 'sales', kind: 'Group', label: 'Sales', run: () => undefined },
    { id: 'door', kind: 'Group', label: 'Door', run: () => undefined },
    { id: 'dark', kind: 'Theme', label: 'Dark', run: calls.dark },
    { id: 'light', kind: 'Theme', label: 'Light', run: () => undefined },
  ];
  const commandsFor = (id: string) => [{ id: `tell ${id}`, kind: '', label: 'Notify me', run: calls.notify }];
  const subtypesOf = () => ['Lunch'];
  const { onOpen, onSet, onClose } = calls;
  const content = () => (
    <CommandPalette
      {...{ commands, commandsFor, subtypesOf, onOpen, onSet, onClose }}
      flushTypeAhead={() => ''}
      statusMessage={null}
    />
  );
  return { ...(await renderBoard(content, extensions, { me, gateway })), ...calls };
}

const options = () => screen.queryAllByRole('option').map((option) => option.textContent);
const activeOption = () => screen.getByRole('option', { selected: true }).textContent;
const line = () => screen.getByRole<HTMLInputElement>('combobox');
const preview = () => screen.getByRole('region', { name: 'Preview' }).textContent;

it('[CP2] three letters show lamp, presence and the whole message', async () => {
  const { user } = await setup();
  await user.keyboard('ali');
  expect(activeOption()).toMatch(/^1102 Alice Smith, On a call, Away, Visit: At Nordhafen\. Urgent: Josh/u);
  expect(preview()).toContain('At Nordhafen.\nUrgent: Josh');
  expect(line().getAttribute('aria-activedescendant')).toBe(
    screen.getByRole('option', { selected: true }).id,
  );
});

it('[CP2] changes of the board update the options in place', async () => {
  const { user, happens, change } = await setup();
  await user.keyboard('smi');
  await happens(() =>
    change(
      patchPresence('1101@default', presenceOf('dnd', 'Smi Smi')),
      patch('1103@default', { lamp: 'ringing', lampSince: 1 }),
    ),
  );
  const people = options().filter((text) => /^\d/u.test(text));
  expect(people.map((text) => text.slice(0, 4))).toEqual(['1102', '1103']);
  expect(people[1]).toContain('Ringing');
});

it('[CP2] while not live it shows the last known state as such', async () => {
  const { user, happens, breakOff } = await setup();
  await happens(breakOff);
  await user.keyboard('ali');
  expect(activeOption()).toContain('last known: On a call');
});

it('[CP3] Enter opens the active option, arrows change it', async () => {
  const { user, onOpen } = await setup();
  await user.keyboard('smi{ArrowDown}{Enter}');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('1103@default');
});

it('[CP4] twelve keystrokes set a colleague away until a time', async () => {
  const { user, onSet, onClose } = await setup();
  onSet.mockResolvedValue({ ok: true, presence: presenceOf('away') });
  await user.keyboard('smi aw 14{Enter}');
  expect(onSet).toHaveBeenCalledOnce();
  const [id, presence, returnTime] = onSet.mock.calls[0] ?? [];
  expect([id, presence?.state]).toEqual(['1102@default', 'away']);
  expect(new Date(returnTime?.at ?? 0).getHours()).toBe(14);
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
});

it('[CP14] without a text, the current one is carried over as in the editor, except to Available', async () => {
  const { user, onSet } = await setup();
  await user.keyboard('ali dnd 23:00');
  expect(preview()).toMatch(/Do not disturb.*Visit.*At Nordhafen.*Keeping subtype and message/su);
  await user.clear(line());
  await user.keyboard('ali here');
  expect(preview()).toMatch(/Available.*No message.*Subtype and message will be cleared/su);
  await user.keyboard('{Enter}');
  expect(onSet.mock.calls[0]).toEqual(['1102@default', presenceOf('available'), null]);
});

it('[CP15] one click or two quotation marks clear the text; a typed text replaces all of it', async () => {
  const { user, onSet } = await setup();
  await user.keyboard('ali xa fair');
  expect(preview()).toMatch(/Extended away.*fair/su);
  expect(preview()).not.toMatch(/Extended away.*Visit/su);
  await user.clear(line());
  await user.keyboard('ali dnd 23:00');
  await user.click(screen.getByRole('button', { name: 'Clear text' }));
  expect(line().value).toBe('ali dnd 23:00 ""');
  await user.keyboard('{Enter}');
  expect(onSet.mock.calls[0]?.[1]).toEqual(presenceOf('dnd'));
});

it('[CP15] one click carries the text over to Available', async () => {
  const { user, onSet } = await setup();
  await user.keyboard('ali here');
  await user.click(screen.getByRole('button', { name: 'Keep text' }));
  expect(preview()).toMatch(/Available.*Visit.*At Nordhafen/su);
  await user.keyboard('{Enter}');
  expect(onSet.mock.calls[0]?.[1]).toEqual(presenceOf('available', 'At Nordhafen.\nUrgent: Josh', 'Visit'));
});

it('[CP13] a template is set by its name, with its return time and the state after it', async () => {
  const { user, onSet, gateway } = await setup();
  expect(gateway.requests.map(({ endpoint }) => endpoint)).toContain('POST /api/commands/list-templates');
  await user.keyboard('ali #coff');
  await vi.waitFor(() => expect(preview()).toMatch(/Away.*Coffee.*back today/su));
  await user.keyboard('{Enter}');
  const [, presence, returnTime] = onSet.mock.calls[0] ?? [];
  expect(presence).toEqual(presenceOf('away', 'In the kitchen', 'Coffee'));
  expect(returnTime?.thenState).toBe('available');
});

it('[CP4] a return time is as typed, whatever the offset of the gateway’s clock', async () => {
  const { user, onSet, happens, snapshot, timers } = await setup();
  await happens(() => snapshot(snapshotWith(EXTENSIONS, { time: timers.now - 700 })));
  await user.keyboard('ali aw 14:30{Enter}');
  const date = new Date(onSet.mock.calls[0]?.[2]?.at ?? 0);
  expect([date.getHours(), date.getMinutes(), date.getSeconds()]).toEqual([14, 30, 0]);
});

it('[CP4] the active option stays while the line grows, and the message is as typed', async () => {
  const { user, onSet } = await setup();
  await user.keyboard('smi{ArrowDown} dnd #lun Two  Spaces{Enter}');
  const [id, presence] = onSet.mock.calls[0] ?? [];
  expect([id, presence]).toEqual(['1103@default', presenceOf('dnd', 'Two  Spaces', 'Lunch')]);
});

it('[CP4] “me” is the user’s extension', async () => {
  const { user, onSet } = await setup();
  await user.keyboard('me aw{Enter}');
  expect(onSet.mock.calls[0]?.[0]).toBe('1101@default');
});

it('[CP5] previews the current and the new presence, with the return time in full', async () => {
  const { user, onSet } = await setup();
  await user.keyboard('ali dnd 23:59 Quarter close');
  const text = preview() ?? '';
  expect(text).toMatch(/Alice Smith.*Away.*Visit.*Do not disturb.*back today 11:59 PM.*Quarter close/su);
  expect(onSet).not.toHaveBeenCalled();
});

it('[RT8] an ambiguous return time is read within working hours, and the alternative is one click away', async () => {
  const { user } = await setup();
  await user.keyboard('ali aw dentist, back at three');
  expect(preview()).toMatch(/back today 3:00 PM.*dentist/su);
  await user.click(screen.getByRole('button', { name: 'or 3:00 AM' }));
  expect([line().value, document.activeElement]).toEqual(['ali aw dentist, 3:00 AM', line()]);
  expect(preview()).toMatch(/back today 3:00 AM/u);
});

it('[CP9] the × of the return time moves its words to the message', async () => {
  const { user, onSet } = await setup();
  await user.keyboard('ali aw call at 17:00');
  await user.click(screen.getByRole('button', { name: 'Keep “at 17:00” as text' }));
  expect(preview()).not.toContain('back today');
  await user.keyboard('{Enter}');
  const [, presence, returnTime] = onSet.mock.calls[0] ?? [];
  expect([presence?.message, returnTime]).toEqual(['call at 17:00', null]);
});

it('[CP10] points out words that look like a time, and offers to make them one if possible', async () => {
  const { user } = await setup();
  await user.keyboard('ali aw back in a bit');
  expect(preview()).toContain('“back in a bit” isn’t used as a return time.');
  await user.clear(line());
  await user.keyboard('ali aw 14 people');
  expect(preview()).toContain('“14” isn’t used as a return time.');
  await user.click(screen.getByRole('button', { name: 'Back 2:00 PM' }));
  expect(line().value).toBe('ali aw people 2:00 PM');
  expect(preview()).toMatch(/back today 2:00 PM.*people/su);
  await user.clear(line());
  await user.keyboard('ali here until 14:00');
  expect(preview()).toContain('Available has no return time');
});

it.each([
  ['a telephone without presence', 'door aw', /no presence to set/u, RITA],
  ['somebody else’s', 'ali aw', /Only Alice Smith|receptionist/u, { ...RITA, role: 'user' as const }],
  ['what is no time', 'ali aw 25:99 dentist', /^“25:99” isn’t a time$/u, RITA],
  ['a long one', `ali aw -1${'x'.repeat(99)}`, /^“-1x{57}…” isn’t a time$/u, RITA],
  ['a text that is too long', `ali aw ${'x'.repeat(900)}`, /bytes/u, RITA],
])('[CP5] %s is refused at once, and Enter does nothing', async (_, text, why, me) => {
  const { user, onSet } = await setup({ me });
  await user.click(line());
  await user.paste(text);
  expect(screen.getByRole('alert').textContent).toMatch(why);
  await user.keyboard('{Enter}');
  expect(onSet).not.toHaveBeenCalled();
});

it('[CP5] while not live nothing can be set, with a reason', async () => {
  const { user, happens, breakOff, onSet } = await setup();
  await happens(breakOff);
  await user.keyboard('ali aw{Enter}');
  expect(screen.getByRole('alert').textContent).toContain('not live');
  expect(onSet).not.toHaveBeenCalled();
});

it('[CP6] shows “Saving…” until the reply, and a failure as an alert; the line stays', async () => {
  const { user, onSet, onClose, happens } = await setup();
  let answer: (reply: SetPresenceReply) => void = () => undefined;
  onSet.mockReturnValue(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  await user.keyboard('ali dnd focus{Enter}{Enter}');
  expect(onSet).toHaveBeenCalledOnce();
  expect(preview()).toContain('Saving…');
  await happens(() => answer({ ok: false, code: 'timeout', message: 'Asterisk did not answer.' }));
  expect(screen.getByRole('alert').textContent).toBe('Asterisk did not answer.');
  expect(line().value).toBe('ali dnd focus');
  expect(onClose).not.toHaveBeenCalled();
  await user.keyboard('{Enter}');
  expect(onSet).toHaveBeenCalledTimes(2);
});

it('[CP7] finds commands by word prefixes, and runs them', async () => {
  const { user, dark } = await setup();
  await user.keyboard('dar th');
  expect(options()).toEqual(['DarkTheme']);
  await user.keyboard('{Enter}');
  expect(dark).toHaveBeenCalledOnce();
});

it('[CP7] the exact name of a group comes first, unless a person has it', async () => {
  const { user } = await setup();
  await user.keyboard('sales');
  expect(activeOption()).toMatch(/^Sales/u);
  await user.clear(line());
  await user.keyboard('door');
  expect(activeOption()).toMatch(/^1104 Door/u);
});

it('[CP7] lists commands for the first result below the people', async () => {
  const { user, notify } = await setup();
  await user.keyboard('bob{ArrowDown}{Enter}');
  expect(notify).toHaveBeenCalledOnce();
});

it('[CP7] says if nothing is found', async () => {
  const { user } = await setup();
  await user.keyboard('qqq{Enter}');
  expect(screen.getByText('No results for “qqq”')).toBeDefined();
});

it('[CP7] truncates a long line in messages', async () => {
  const { user } = await setup();
  await user.click(line());
  await user.paste('q'.repeat(500));
  expect(screen.getByText(`No results for “${'q'.repeat(59)}…”`)).toBeDefined();
});

it('[CP5] a return time in another year includes the year', () => {
  const now = new Date(2026, 9, 5, 10).getTime();
  const formatLong = (year: number, month: number) =>
    formatReturnTimeLong(translateEnglish, new Date(year, month, 2, 9).getTime(), now);
  expect(formatLong(2027, 9)).toContain('2027');
  expect(formatLong(2026, 10)).not.toContain('2026');
});

it('[CP16] names the context if several extensions have the number', async () => {
  const { user, onSet } = await setup({
    extensions: [
      named('200', 'Anna Müller', { id: '200@office', context: 'office' }),
      named('200', 'Anna Müller', { id: '200@warehouse', context: 'warehouse' }),
      named('201', 'Anna Meyer'),
    ],
  });
  onSet.mockResolvedValue({ ok: true, presence: presenceOf('away') });
  await user.keyboard('anna away');
  expect(preview()).toContain('200 · Context office');
  await user.keyboard('{ArrowDown}');
  expect(activeOption()).toMatch(/^200 Anna Müller \(warehouse\), Idle/u);
  expect(preview()).toContain('200 · Context warehouse');
  await user.keyboard('{ArrowDown}');
  expect(preview()).not.toContain('Context');
  await user.keyboard('{ArrowUp}{Enter}');
  expect(onSet.mock.calls[0]?.[0]).toBe('200@warehouse');
});
