import { FAVOURITES, type UserGroup } from '@lampboard/protocol';
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { renderBoard } from '../../testing/render-live.tsx';
import {
  favouritesOf,
  personNamed,
  presenceOf,
  put,
  settingsWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { GroupEditors, type GroupEditorView } from './group-editor.tsx';

const named = (exten: string, name: string, message = '') =>
  testExtension(exten, {
    person: personNamed(name, 'Sales'),
    presence: presenceOf('available', message),
  });
const EXTENSIONS = [
  named('1101', 'Rita Moreno', 'ask Alice'),
  named('1102', 'Josh Okafor'),
  named('1104', 'Alice Chen'),
  named('1107', 'Josh Bellamy'),
];
const DESK: UserGroup = { id: 'g1', name: 'Desk', members: ['1101@default', '1102@default', '1104@default'] };

async function opened(sheet: GroupEditorView, groups: UserGroup[] = [favouritesOf(), DESK]) {
  const onCreated = vi.fn<(id: string) => void>();
  const onRemoved = vi.fn<(id: string) => void>();
  function Page() {
    const [open, setOpen] = useState<GroupEditorView | null>(sheet);
    return (
      open && <GroupEditors view={open} onViewChange={setOpen} onCreated={onCreated} onRemoved={onRemoved} />
    );
  }
  const page = await renderBoard(() => <Page />, EXTENSIONS);
  const receiveGroups = (next: UserGroup[]) => page.happens(() => page.sendSettings(settingsWith({}, next)));
  await receiveGroups(groups);
  return { ...page, receiveGroups, onCreated, onRemoved };
}

/** dnd-kit suppresses clicks for a moment after a drag. */
async function waitForDropEnd(): Promise<void> {
  const clicked = vi.fn<() => void>();
  document.addEventListener('click', clicked, { once: true });
  await vi.waitFor(() => {
    fireEvent.click(document.body);
    expect(clicked).toHaveBeenCalled();
  });
}

const items = (label = 'Members') =>
  within(screen.getByRole('list', { name: label }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
const button = (name: string) => screen.getByRole('button', { name });
const addField = () => screen.getByRole('combobox', { name: 'Add someone' });
const announcements = () => screen.getAllByRole('status').map(({ textContent }) => textContent);

it('[GR6] a new group needs a name first; then people can be added', async () => {
  const { user, sent, onCreated } = await opened({ kind: 'group', id: null });
  expect(screen.getByRole('textbox', { name: 'Name' })).toBe(document.activeElement);
  await user.click(button('Create'));
  expect(screen.getByText('Enter a name for the group.')).toBeDefined();
  await user.type(screen.getByRole('textbox', { name: 'Name' }), ' Front desk {Enter}');
  expect(screen.getByRole('dialog', { name: 'Front desk' })).toBeDefined();
  expect(sent('save-group')).toMatchObject([{ account: 'rita', group: { name: 'Front desk', members: [] } }]);
  expect(onCreated).toHaveBeenCalledOnce();
  expect(addField()).toBe(document.activeElement);
});

it('[GR6] keeps the name of a rejected new group, to be sent again', async () => {
  const { user, gateway, sent } = await opened({ kind: 'group', id: null });
  gateway.stub('POST /api/commands/save-group', null);
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Front desk{Enter}');
  await screen.findByRole('dialog', { name: 'New group' });
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Front desk');
  gateway.stubCommand('save-group', null);
  await user.click(button('Create'));
  await screen.findByRole('dialog', { name: 'Front desk' });
  expect(sent('save-group')).toHaveLength(2);
});

it('[GR6] [SR11] Enter adds the first result or the one chosen by arrows, and the field is ready for the next', async () => {
  const { user, sent } = await opened({ kind: 'group', id: FAVOURITES });
  await user.type(addField(), 'alice');
  const found = () => screen.getAllByRole('option').map(({ textContent }) => textContent);
  // Rita only mentions her in a message.
  expect(found()).toEqual(['Alice Chen1104 · Sales']);
  await user.keyboard('{Enter}josh{ArrowDown}{Enter}');
  expect(items()).toEqual(['Alice Chen1104 · Sales', 'Josh Bellamy1107 · Sales']);
  expect(announcements()).toContain('Josh Bellamy added, 2 in the group');
  expect(sent('save-group').at(-1)).toMatchObject({
    group: { id: FAVOURITES, members: ['1104@default', '1107@default'] },
  });
  await user.keyboard('chen');
  expect(screen.queryByRole('option')).toBeNull();
  expect(screen.getByText('Everyone found for “chen” is already a member')).toBeDefined();
  await user.keyboard('{Escape}');
  expect(addField()).toHaveProperty('value', '');
  expect(screen.getByRole('dialog', { name: 'Favourites' })).toBeDefined();
});

it('[GR6] moves members by buttons and keys, announces it, and keeps the focus', async () => {
  const { user, sent } = await opened({ kind: 'group', id: 'g1' });
  await user.click(button('Move Alice Chen up'));
  expect(items()).toEqual(['Rita Moreno1101 · Sales', 'Alice Chen1104 · Sales', 'Josh Okafor1102 · Sales']);
  expect(announcements()).toContain('Alice Chen is now 2 of 3');
  await user.keyboard('{Home}');
  expect(announcements()).toContain('Alice Chen is now 1 of 3');
  await user.keyboard('{ArrowDown}{End}');
  expect(items().at(-1)).toBe('Alice Chen1104 · Sales');
  expect(button('Move Alice Chen up')).toBe(document.activeElement);
  expect(sent('save-group').at(-1)).toMatchObject({
    account: 'rita',
    group: { id: 'g1', members: ['1101@default', '1102@default', '1104@default'] },
  });
  await user.keyboard('{ArrowDown}');
  expect(sent('save-group')).toHaveLength(4);
});

it('[GR6] Escape cancels a drag first, and closes the sheet only then', async () => {
  const { user, sent } = await opened({ kind: 'group', id: 'g1' });
  const [item] = within(screen.getByRole('list', { name: 'Members' })).getAllByRole('listitem');
  const grip = item?.querySelector('.sortable-handle') ?? document.body;
  fireEvent.pointerDown(grip, { isPrimary: true, button: 0, clientX: 5, clientY: 5 });
  fireEvent.pointerMove(document, { clientX: 5, clientY: 40 });
  await vi.waitFor(() => expect(item?.dataset.dragging).toBe('true'));
  await user.keyboard('{Escape}');
  await vi.waitFor(() => expect(item?.dataset.dragging).toBeUndefined());
  expect([screen.getByRole('dialog', { name: 'Desk' }).tagName, sent('save-group')]).toEqual(['DIALOG', []]);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  await waitForDropEnd();
});

it('[GR6] removing a member moves the focus to the next one', async () => {
  const { user, sent } = await opened({ kind: 'group', id: 'g1' });
  await user.click(button('Remove Josh Okafor'));
  await vi.waitFor(() => expect(button('Remove Alice Chen')).toBe(document.activeElement));
  await user.keyboard('{Enter}');
  await vi.waitFor(() => expect(button('Remove Rita Moreno')).toBe(document.activeElement));
  await user.keyboard('{Enter}');
  await vi.waitFor(() => expect(addField()).toBe(document.activeElement));
  expect(sent('save-group').at(-1)).toMatchObject({ group: { members: [] } });
});

it('[GR6] merges with changes of another computer', async () => {
  const { user, receiveGroups, sent } = await opened({ kind: 'group', id: 'g1' });
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 's');
  await receiveGroups([
    favouritesOf(),
    { ...DESK, name: 'Counter', members: ['1107@default', '1102@default'] },
  ]);
  expect(items()).toEqual(['Josh Bellamy1107 · Sales', 'Josh Okafor1102 · Sales']);
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'Desks');
  await user.click(button('Move Josh Okafor up'));
  expect(sent('save-group')).toMatchObject([
    { group: { name: 'Desks', members: ['1107@default', '1102@default'] } },
    { group: { name: 'Desks', members: ['1102@default', '1107@default'] } },
  ]);
  await receiveGroups([favouritesOf()]);
  expect(screen.getByRole('dialog', { name: 'This group was deleted' })).toBeDefined();
});

it('[GR2] a member that is not on the board keeps its position', async () => {
  await opened({ kind: 'group', id: 'g1' }, [favouritesOf(), { ...DESK, members: ['9@x', '1104@default'] }]);
  expect(items()).toEqual(['9@xnot on the board', 'Alice Chen1104 · Sales']);
});

it('[GR7] reorders groups; the favourites stay first', async () => {
  const others = ['a', 'b', 'c'].map((id) => ({ id, name: `Group ${id}`, members: [] }));
  const { user, sent } = await opened({ kind: 'group-list' }, [favouritesOf(), ...others]);
  await user.click(button('Move Group c up'));
  await user.keyboard('{ArrowUp}');
  expect(items('Groups')).toEqual(['Group c', 'Group a', 'Group b']);
  expect(announcements()).toContain('Group c is now 1 of 3');
  expect(sent('reorder-groups').at(-1)).toEqual({ account: 'rita', groups: [FAVOURITES, 'c', 'a', 'b'] });
  await user.click(button('Edit Group a'));
  expect(screen.getByRole('dialog', { name: 'Group a' })).toBeDefined();
});

it('[GR7] removes a group after a confirmation; the favourites cannot be removed', async () => {
  const { user, sent, onRemoved } = await opened({ kind: 'group', id: 'g1' });
  await user.click(button('Delete group'));
  expect(sent('remove-group')).toEqual([]);
  const confirmDialog = within(screen.getByRole('dialog', { name: 'Delete “Desk”?' }));
  await user.click(confirmDialog.getByRole('button', { name: 'Delete group' }));
  expect(sent('remove-group')).toEqual([{ account: 'rita', group: 'g1' }]);
  expect(onRemoved).toHaveBeenCalledWith('g1');
  expect(screen.queryByRole('dialog')).toBeNull();
  cleanup();
  await opened({ kind: 'group', id: FAVOURITES });
  expect(screen.queryByRole('button', { name: 'Delete group' })).toBeNull();
});

it('[GR8] says how many characters are left for the name', async () => {
  const { user, sent } = await opened({ kind: 'group', id: 'g1' });
  const name = screen.getByRole('textbox', { name: 'Name' });
  await user.type(name, 'x'.repeat(50));
  expect(screen.getByText('6 characters left.')).toBeDefined();
  await user.type(name, 'x'.repeat(10));
  expect(screen.getByText('0 characters left.')).toBeDefined();
  await user.keyboard('{Enter}');
  expect(sent('save-group')).toMatchObject([{ group: { name: `Desk${'x'.repeat(56)}` } }]);
});

it('[BD37] names the context of a member if another one has the number', async () => {
  const { user, happens, change } = await opened({ kind: 'group', id: 'g1' });
  await happens(() => change(put(testExtension('1102', { id: '1102@warehouse', context: 'warehouse' }))));
  expect(items()[1]).toContain('1102 · Context default');
  await user.click(button('Remove Josh Okafor (default)'));
  expect(announcements()).toContain('Josh Okafor (default) removed');
});
