import type { PresenceTemplate, RecentValues, Templates } from '@lampboard/protocol';
import { cleanup, screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { PANEL_PROPS, presenceOf, snapshotWith, testExtension } from '../../testing/fixtures.ts';
import { MyStatus } from './my-status-page.tsx';
import { PersonPanel } from './person-panel.tsx';

beforeAll(async () => {
  // Times are rounded to the minute, so the clock stands still.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 9, 5, 12, 0) });
  await Promise.all([
    import('../../features/presence-editor/templates/save-template.tsx'),
    import('../../features/presence-editor/templates/manage-templates.tsx'),
  ]);
  HTMLDialogElement.prototype.showModal ??= function showModal() {
    this.open = true;
  };
});
afterAll(() => void vi.useRealTimers());

const LUNCH: PresenceTemplate = {
  id: 't1',
  name: 'Lunch break',
  state: 'away',
  subtype: 'Lunch',
  message: 'Eating',
  returnTime: { kind: 'in', minutes: 45, thenState: 'available' },
};
const CLOSED: PresenceTemplate = {
  ...LUNCH,
  id: 't2',
  name: 'Closed',
  state: 'dnd',
  subtype: '',
  message: '',
  returnTime: null,
};
const NONE = { subtypes: [], messages: [] };

async function setup({
  me = RITA,
  templates = { user: [LUNCH], site: [CLOSED] },
  recentValues = { user: NONE, site: NONE },
  isMyStatus = false,
}: Partial<{ me: typeof RITA; templates: Templates; recentValues: RecentValues; isMyStatus: boolean }> = {}) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-templates', templates);
  gateway.stubCommand('list-recent-values', recentValues);
  const id = '1101@default';
  const content = isMyStatus ? (
    <MyStatus me={me} id={id} onSelect={() => undefined} statusMessage={null} />
  ) : (
    <PersonPanel id={id} {...PANEL_PROPS} />
  );
  const page = renderLive(() => content, { me, gateway });
  page.timers.now = Date.now();
  const extensions = [
    testExtension('1101'),
    testExtension('1102', { presence: presenceOf('away', '', 'Board') }),
  ];
  await page.happens(() => page.open(snapshotWith(extensions, { time: Date.now() })));
  return page;
}

const openTemplates = (user: UserEvent) => user.click(screen.getByRole('button', { name: 'Templates' }));
const value = (name: string) => screen.getByRole<HTMLTextAreaElement>('textbox', { name }).value;

it('[TP4] a template fills in state, texts and return time', async () => {
  const { user, sentCommands } = await setup();
  await openTemplates(user);
  await user.click(await screen.findByRole('button', { name: 'Lunch break' }));
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Away' }).checked).toBe(true);
  expect([value('Subtype'), value('Message')]).toEqual(['Lunch', 'Eating']);
  expect(screen.getByText(/, in 45 min$/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(sentCommands.at(-1)).toMatchObject({
    presence: { state: 'away', subtype: 'Lunch' },
    returnTime: { thenState: 'available' },
  });
});

it('[TP4] on the user’s own page two taps set a template', async () => {
  const { user, sentCommands } = await setup({ isMyStatus: true });
  await user.click(await screen.findByRole('button', { name: 'Closed' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(sentCommands.at(-1)).toMatchObject({ presence: presenceOf('dnd') });
});

it('[TP5] saves the form as a template, with a relative return time', async () => {
  const { user, sent } = await setup();
  await user.click(screen.getByRole('radio', { name: 'Away' }));
  await user.type(screen.getByRole('textbox', { name: 'Subtype' }), 'Coffee');
  await user.type(screen.getByRole('textbox', { name: 'Return time' }), '10 min');
  await openTemplates(user);
  await user.click(await screen.findByRole('button', { name: 'Save as template' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Save as template' }));
  const name = dialog.getByRole<HTMLInputElement>('textbox', { name: 'Name' });
  expect(name.value).toBe('Coffee');
  expect(name).toBe(document.activeElement);
  expect(name.value.slice(name.selectionStart ?? 0, name.selectionEnd ?? 0)).toBe('Coffee');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Return time' }), 'in');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  const returnTime = { kind: 'in', minutes: 10, thenState: null };
  const template = { name: 'Coffee', state: 'away', subtype: 'Coffee', returnTime };
  await vi.waitFor(() => expect(sent('save-template')).toMatchObject([{ account: 'rita', template }]));
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('[TP5] saves a template for everyone with permission; a user has no such choice', async () => {
  const { user, sent } = await setup();
  await openTemplates(user);
  await user.click(await screen.findByRole('button', { name: 'Save as template' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Here');
  await user.click(screen.getByRole('checkbox', { name: 'For everyone' }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save' }));
  await vi.waitFor(() => expect(sent('save-site-template')).toMatchObject([{ template: { name: 'Here' } }]));
  cleanup();
  const other = await setup({ me: { ...RITA, role: 'user' } });
  await openTemplates(other.user);
  await other.user.click(await screen.findByRole('button', { name: 'Save as template' }));
  await screen.findByRole('dialog');
  expect(screen.queryByRole('checkbox')).toBeNull();
});

it('[TP5] renames and removes templates; a removal can be undone', async () => {
  const { user, sent, gateway, happens, lazyQueryClient } = await setup();
  await openTemplates(user);
  await user.click(await screen.findByRole('button', { name: 'Manage' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Templates' }));
  await user.type(dialog.getByRole('textbox', { name: 'Name of Lunch break' }), '!{Enter}');
  const template = { ...LUNCH, name: 'Lunch break!' };
  await vi.waitFor(() => expect(sent('save-template')).toEqual([{ account: 'rita', template }]));
  gateway.stubCommand('list-templates', { user: [LUNCH], site: [] });
  await user.click(dialog.getByRole('button', { name: 'Remove Closed' }));
  await vi.waitFor(() => expect(sent('remove-site-template')).toEqual([{ template: 't2' }]));
  await happens(() => void lazyQueryClient.get()?.invalidateQueries());
  await user.click(await dialog.findByRole('button', { name: 'Restore' }));
  await vi.waitFor(() => expect(sent('save-site-template')).toEqual([{ template: CLOSED }]));
});

it('[TP6] suggests recent subtypes before those of the board, and recent messages', async () => {
  const recentValues = {
    user: { subtypes: ['Mine'], messages: ['I am out'] },
    site: { subtypes: ['Site', 'Mine'], messages: ['not mine'] },
  };
  const { user } = await setup({ recentValues });
  const chips = within(await screen.findByRole('toolbar')).getAllByRole('button');
  expect(chips.map(({ textContent }) => textContent)).toEqual(['Mine', 'Site', 'Board']);
  await user.click(await screen.findByRole('button', { name: 'I am out' }));
  expect(value('Message')).toBe('I am out');
  expect(screen.queryByRole('button', { name: 'not mine' })).toBeNull();
});

it('[TP5] Enter in its form saves only the template', async () => {
  const { user, sent, sentCommands } = await setup();
  await user.type(screen.getByRole('textbox', { name: 'Subtype' }), 'Coffee');
  await openTemplates(user);
  await user.click(await screen.findByRole('button', { name: 'Save as template' }));
  const name = await screen.findByRole('textbox', { name: 'Name' });
  expect(name.closest('form')?.parentElement?.closest('form')).toBeNull();
  await user.type(name, '{Enter}');
  await vi.waitFor(() => expect(sent('save-template')).toHaveLength(1));
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.getByRole('button', { name: 'Save as template' })).toBe(document.activeElement);
  expect(sentCommands).toEqual([]);
});

it('[TP5] the focus stays in the panel when the last template and the manage button are removed', async () => {
  const { user, gateway, happens, lazyQueryClient } = await setup({ templates: { user: [LUNCH], site: [] } });
  await openTemplates(user);
  await user.click(await screen.findByRole('button', { name: 'Manage' }));
  await screen.findByRole('dialog', { name: 'Templates' });
  gateway.stubCommand('list-templates', { user: [], site: [] });
  await happens(() => void lazyQueryClient.get()?.invalidateQueries());
  await vi.waitFor(() => expect(screen.queryByRole('button', { name: 'Manage' })).toBeNull());
  await user.keyboard('{Escape}');
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('H2'));
});
