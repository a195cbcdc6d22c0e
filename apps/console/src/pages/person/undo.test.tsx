import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { PersonPanel } from './person-panel.tsx';
import { useSetPresence } from '../../entities/presence-draft/use-set-presence.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { PANEL_PROPS, patchPresence, presenceOf, testExtension } from '../../testing/fixtures.ts';
import { useGlobalShortcuts } from '../../shell/use-global-shortcuts.ts';

const BEFORE = presenceOf('available');
const dnd = (message: string) => presenceOf('dnd', message);

const CHANGES = {
  first: ['1101@default', 'First'],
  second: ['1102@default', 'Second'],
  open: ['1103@default', 'Third'],
} as const;

/** A page with a button for each person, a text field, and one open person. */
function Page() {
  useGlobalShortcuts({ onPalette: () => undefined, onHelp: () => undefined });
  const set = useSetPresence();
  return (
    <>
      {Object.entries(CHANGES).map(([name, [id, message]]) => (
        <button key={name} type="button" onClick={() => void set(id, dnd(message), null)}>
          {name}
        </button>
      ))}
      <input aria-label="Other" />
      <PersonPanel id="1103@default" {...PANEL_PROPS} />
    </>
  );
}

async function opened() {
  const extensions = [testExtension('1101'), testExtension('1102'), testExtension('1103')];
  const page = await renderBoard(() => <Page />, extensions);
  const { user } = page;
  /** Confirms the last change, as Asterisk would. */
  const confirmChange = () =>
    page.happens(() => {
      const command = page.sentCommands.at(-1);
      if (command === undefined) throw new Error('No command was sent');
      const { id, presence } = command;
      page.change(patchPresence(id, presence));
      page.answer({ ok: true, presence });
    });
  const click = async (name: string) => {
    await user.click(screen.getByRole('button', { name }));
    await confirmChange();
  };
  const undo = () => user.keyboard('{Control>}z{/Control}');
  const redo = () => user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
  const message = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  /** Sets the open person to away with a message, and saves from the text field. */
  const save = async () => {
    await user.click(screen.getByRole('radio', { name: 'Away' }));
    await user.clear(message());
    await user.type(message(), 'dentist');
    await user.keyboard('{Control>}{Enter}{/Control}');
  };
  return { ...page, confirmChange, click, undo, redo, message, save };
}

it('[KB10] [KB14] Ctrl+Z undoes changes of any person one by one, and Ctrl+Shift+Z redoes them', async () => {
  const { sentCommands, confirmChange, click, undo, redo } = await opened();
  await click('first');
  await click('second');
  await undo();
  expect(sentCommands.at(-1)).toMatchObject({ id: '1102@default', presence: BEFORE, base: dnd('Second') });
  await confirmChange();
  await undo();
  expect(sentCommands.at(-1)).toMatchObject({ id: '1101@default', presence: BEFORE, base: dnd('First') });
  await confirmChange();
  await undo();
  expect(await screen.findByText('Nothing to undo.')).toBeDefined();
  expect(sentCommands).toHaveLength(4);
  await redo();
  expect(sentCommands.at(-1)).toMatchObject({ id: '1101@default', presence: dnd('First') });
  await confirmChange();
  await redo();
  expect(sentCommands.at(-1)).toMatchObject({ id: '1102@default', presence: dnd('Second') });
  await confirmChange();
  await redo();
  expect(await screen.findByText('Nothing to redo.')).toBeDefined();
});

it('[KB14] Ctrl+Z pressed twice before the first reply undoes two changes', async () => {
  const { sentCommands, confirmChange, click, undo } = await opened();
  await click('first');
  await click('second');
  await undo();
  await undo();
  expect(sentCommands).toHaveLength(3);
  await confirmChange();
  await expect.poll(() => sentCommands.at(-1)).toMatchObject({ id: '1101@default', presence: BEFORE });
});

it('[KB14] does not undo a change overwritten by another user, says so, and goes on to the one before', async () => {
  const { sentCommands, click, undo, happens, change } = await opened();
  await click('first');
  await click('second');
  await happens(() => change(patchPresence('1102@default', dnd('Theirs'))));
  await undo();
  expect((await screen.findByRole('alert')).textContent).toContain('Name 1102 has changed since');
  expect(sentCommands).toHaveLength(2);
  await undo();
  expect(sentCommands.at(-1)).toMatchObject({ id: '1101@default', presence: BEFORE });
});

it('[ED17] Ctrl+Z right after a save undoes it from its text field, and does not change the text', async () => {
  const { sentCommands, confirmChange, undo, message, save } = await opened();
  await save();
  // While the save is pending, the shortcut is the page's.
  await undo();
  expect(message().value).toBe('dentist');
  await confirmChange();
  await expect.poll(() => sentCommands.at(-1)).toMatchObject({ id: '1103@default', presence: BEFORE });
  await confirmChange();
  await expect.poll(() => message().value).toBe('');
});

it('[ED17] also from any other text field, until something is typed there', async () => {
  const { sentCommands, user, confirmChange, undo, save } = await opened();
  await save();
  await confirmChange();
  await user.type(screen.getByRole('textbox', { name: 'Other' }), 'x');
  await undo();
  expect(sentCommands).toHaveLength(1);
  await user.click(screen.getByRole('radio', { name: 'Away' }));
  await undo();
  expect(sentCommands).toHaveLength(2);
  await confirmChange();
  await user.click(screen.getByRole('textbox', { name: 'Other' }));
  await undo();
  expect(await screen.findByText('Nothing to undo.')).toBeDefined();
});

it('[ED17] a save can be undone in the form while another draft is typed, which stays', async () => {
  const { sentCommands, user, confirmChange, message, save } = await opened();
  await save();
  await confirmChange();
  await user.type(message(), ' at 3');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  const base = { state: 'away', message: 'dentist' };
  expect(sentCommands.at(-1)).toMatchObject({ presence: BEFORE, base });
  await confirmChange();
  await expect.poll(() => message().value).toBe('dentist at 3');
});

it('[ED18] a later change of the same person removes the older toast', async () => {
  const { user, confirmChange, click, save } = await opened();
  await click('first');
  expect(await screen.findByText('Name 1101: Do not disturb')).toBeDefined();
  await user.keyboard('{Control>}z{/Control}');
  await confirmChange();
  expect(await screen.findByText('Name 1101: Available')).toBeDefined();
  expect(screen.queryByText('Name 1101: Do not disturb')).toBeNull();
  await save();
  await confirmChange();
  expect(screen.getByText('Name 1101: Available')).toBeDefined();
});

it('[ED18] a save in the editor removes it too', async () => {
  const { confirmChange, click, save } = await opened();
  await click('open');
  expect(await screen.findByText('Name 1103: Do not disturb')).toBeDefined();
  await save();
  await confirmChange();
  expect(screen.queryByText('Name 1103: Do not disturb')).toBeNull();
});
