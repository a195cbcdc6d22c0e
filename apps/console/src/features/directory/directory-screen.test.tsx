import type { DirectoryEntry, DirectoryListing } from '@lampboard/protocol';
import { testPbx } from '@lampboard/model/testing';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ADA, RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { withLayout } from '../../testing/fake-layout.ts';
import { testExtension } from '../../testing/fixtures.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { DirectoryScreen } from './directory-screen.tsx';

withLayout({ width: 1280, height: 800 });

const entryOf = (exten: string, overrides: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  id: `${exten}@default`,
  exten,
  context: 'default',
  hint: `PJSIP/${exten},CustomPresence:${exten}`,
  aliasOf: null,
  asteriskName: `Name ${exten}`,
  file: {},
  here: {},
  ...overrides,
});

const LISTING: DirectoryListing = {
  entries: [
    entryOf('1101', {
      asteriskName: 'R. Moreno',
      file: { name: 'Rita Moreno', department: 'Reception' },
      here: { name: 'Rita M.', deputy: '1102@default' },
    }),
    entryOf('1102'),
    entryOf('1103', { here: { hidden: true } }),
    entryOf('*801101', { aliasOf: '1101@default', asteriskName: null }),
    entryOf('1199', { hint: null, asteriskName: null, here: { name: 'Gone' } }),
  ],
  unmatched: [{ line: 7, extension: '142', suggestion: '0142', fields: { name: 'Zoe' } }],
};

async function setup({ me = ADA, listing = LISTING } = {}) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-directory', listing);
  gateway.stubCommand('save-directory-entry', null);
  const people = ['1101', '1102', '1103'].map((exten) => testExtension(exten));
  const page = await renderBoard(() => <DirectoryScreen me={me} />, people, { me, gateway });
  const { user } = page;
  return {
    ...page,
    relist: (next: DirectoryListing) => gateway.stubCommand('list-directory', next),
    async open(name: RegExp) {
      await user.click(await screen.findByRole('row', { name }));
      return within(screen.getByRole('dialog'));
    },
    save: () => user.click(screen.getByRole('button', { name: 'Save' })),
  };
}

const withHere = (here: DirectoryEntry['here']): DirectoryListing => ({
  ...LISTING,
  entries: LISTING.entries.map((entry) => (entry.exten === '1101' ? { ...entry, here } : entry)),
});
const shownLabels = () =>
  screen.queryAllByRole('rowheader').map((cell) => cell.querySelector('bdi')?.textContent);
const textOf = (field: string) =>
  document.querySelector(`[data-field="${field}"] .entry-source`)?.textContent;
const fieldOf = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

it('[DR12] is for administrators only, and sends no request otherwise', async () => {
  const { gateway } = await setup({ me: RITA });
  expect(screen.getByText('Only administrators can see and change the directory.')).toBeDefined();
  expect(gateway.requests).toEqual([]);
});

it('[DR12] lists each entry with the source of each value, and what the board does not show', async () => {
  await setup();
  const rita = await screen.findByRole('row', { name: /Rita M\./ });
  expect(rita.textContent).toContain('1101set here');
  expect(rita.textContent).toContain('Reception file');
  expect(rita.textContent).toContain('Person Asterisk');
  expect(rita.textContent).toContain('Name 1102 set here');
  expect(screen.getByRole('row', { name: /1103/ }).textContent).toContain('Hidden set here');
  expect(screen.getByRole('row', { name: /\*801101/ }).textContent).toContain(
    'Further number of 1101@default',
  );
  expect(screen.getByRole('row', { name: /Gone/ }).textContent).toContain('Fits no hint');
  expect(screen.getByRole('row', { name: /Zoe/ }).textContent).toContain('142Line 7');
});

it('[PB15] names the PBX of a number that several have, in the order of numbers', async () => {
  const gateway = createFakeGateway();
  const entries = ['berlin/1101', 'berlin/1102', 'paris/1101'].map((number) =>
    entryOf(number.slice(-4), { id: `${number}@default` }),
  );
  gateway.stubCommand('list-directory', { entries, unmatched: [] });
  const pbxs = [testPbx('berlin', { name: 'Berlin' }), testPbx('paris', { name: 'Paris' })];
  await renderBoard(() => <DirectoryScreen me={ADA} />, [], { me: ADA, gateway }, { pbxs });
  await screen.findByRole('row', { name: /1102/ });
  const numbers = screen
    .getAllByRole('rowheader')
    .map((cell) => cell.querySelector('small > span')?.textContent);
  expect(numbers).toEqual(['1101 (Berlin)', '1101 (Paris)', '1102']);
});

it('[DR12] lists people and rooms first, then functions, then feature codes', async () => {
  const gateway = createFakeGateway();
  const kinds = {
    '*76': 'switch',
    '71': 'parking',
    '600': 'queue',
    '1101': 'person',
    '1110': 'room',
  } as const;
  const entries = Object.entries(kinds).map(([exten, kind]) => entryOf(exten, { file: { kind } }));
  gateway.stubCommand('list-directory', { entries, unmatched: [] });
  await renderBoard(() => <DirectoryScreen me={ADA} />, [], { me: ADA, gateway });
  await screen.findByRole('row', { name: /1101/ });
  const numbers = screen
    .getAllByRole('rowheader')
    .map((cell) => cell.querySelector('small > span')?.textContent);
  expect(numbers).toEqual(['1101', '1110', '71', '600', '*76']);
});

it('[DR12] is filtered by text, by kind, and by what the board shows, what is set here, and what fits no hint', async () => {
  const { user } = await setup();
  await screen.findByRole('row', { name: /Rita M\./ });
  const chip = (name: RegExp) => screen.getByRole('button', { name });
  await user.click(chip(/^On the board\s*2$/));
  expect(shownLabels()).toEqual(['Rita M.', 'Name 1102']);
  await user.click(chip(/^Not on the board\s*4$/));
  expect(shownLabels()).toEqual(['Zoe', 'Name 1103', 'Gone', 'Extension *801101']);
  await user.click(chip(/^Changed here\s*3$/));
  expect(shownLabels()).toEqual(['Rita M.', 'Name 1103', 'Gone']);
  await user.click(chip(/^Fits no hint\s*2$/));
  expect(shownLabels()).toEqual(['Zoe', 'Gone']);
  await user.click(chip(/^Fits no hint/));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Feature code');
  expect(shownLabels()).toEqual(['Extension *801101']);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'All kinds');
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'recep rita');
  await waitFor(() => expect(shownLabels()).toEqual(['Rita M.']));
});

it('[DR13] shows the source of a field and what stands below it, and sends only what was changed', async () => {
  const { user, sent, open, save, relist } = await setup();
  await open(/Rita M\./);
  expect(textOf('name')).toBe('Set here · File: Rita Moreno · Asterisk: R. MorenoTake back');
  expect(textOf('department')).toBe('From the file');
  expect(textOf('mobile')).toBe('Not set');
  await user.type(fieldOf('Mobile'), '+49 170 1');
  await user.clear(fieldOf('Department'));
  expect(textOf('department')).toBe('Not saved yet · File: ReceptionUndo');
  relist(withHere({ name: 'Rita M.', deputy: '1102@default', mobile: '+49 170 1', department: '' }));
  await save();
  expect(sent('save-directory-entry')).toEqual([
    { id: '1101@default', patch: { mobile: '+49 170 1', department: '' }, base: {} },
  ]);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.getByRole('row', { name: /Rita M\./ }).textContent).not.toContain('Not saved');
});

it('[DR13] a field is taken back by itself, and so is one that gets the value below it', async () => {
  const { user, sent, open, save } = await setup();
  await open(/Rita M\./);
  await user.click(screen.getByRole('button', { name: 'Take back: Name' }));
  expect(fieldOf('Name').value).toBe('Rita Moreno');
  await user.click(screen.getByRole('button', { name: 'Undo change: Name' }));
  expect(fieldOf('Name').value).toBe('Rita M.');
  await user.clear(fieldOf('Name'));
  await user.type(fieldOf('Name'), 'Rita Moreno');
  await user.clear(screen.getByRole('combobox', { name: 'Deputy' }));
  await save();
  expect(sent('save-directory-entry')).toEqual([
    {
      id: '1101@default',
      patch: { name: null, deputy: null },
      base: { name: 'Rita M.', deputy: '1102@default' },
    },
  ]);
});

it('[DR13] an emptied name is taken back, since a name can’t be empty', async () => {
  const { user, sent, open, save } = await setup();
  await open(/Rita M\./);
  await user.clear(fieldOf('Name'));
  expect(fieldOf('Name').value).toBe('');
  await save();
  expect(sent('save-directory-entry')).toMatchObject([{ patch: { name: null } }]);
});

it('[DR13] kind, visibility and deputy are chosen in words', async () => {
  const { user, sent, open, save } = await setup();
  const dialog = await open(/^Name 1102/);
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Kind' }), 'Room');
  await user.click(screen.getByRole('checkbox', { name: /^Hide from the board/ }));
  await user.type(screen.getByRole('combobox', { name: 'Deputy' }), '1101');
  await user.click(await screen.findByRole('option', { name: /1101/ }));
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Deputy' }).value).toBe('1101 Rita M.');
  await save();
  expect(sent('save-directory-entry')).toEqual([
    { id: '1102@default', patch: { kind: 'room', hidden: true, deputy: '1101@default' }, base: {} },
  ]);
});

it('[DR13] a text that is too long, or no text, is pointed out and not sent', async () => {
  const { user, sent, open, save } = await setup();
  await open(/^Name 1102/);
  await user.click(fieldOf('Mobile'));
  await user.paste('x'.repeat(61));
  await save();
  expect(screen.getByText('Use one line of at most 60 characters.')).toBeDefined();
  expect(sent('save-directory-entry')).toEqual([]);
});

it('[DR14] unsaved changes are kept when the dialog is closed or a request fails, until they are discarded', async () => {
  const { user, gateway, open, save } = await setup();
  await open(/^Name 1102/);
  await user.type(fieldOf('E-mail'), 'josh@example.com');
  gateway.failCommand('save-directory-entry', 'store-unavailable', 'The disk is full.');
  await save();
  expect((await screen.findByRole('alert')).textContent).toBe('The disk is full.');
  await user.click(screen.getAllByRole('button', { name: 'Close' })[0] ?? document.body);
  expect(screen.getByRole('row', { name: /^Name 1102/ }).textContent).toContain('Not saved');
  const warned = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(warned);
  expect(warned.defaultPrevented).toBe(true);
  await open(/^Name 1102/);
  expect(fieldOf('E-mail').value).toBe('josh@example.com');
  await user.click(screen.getByRole('button', { name: 'Discard changes' }));
  expect(fieldOf('E-mail').value).toBe('');
});

it('[DR14] what another administrator has changed meanwhile is shown, and one of the versions is chosen', async () => {
  const { user, gateway, sent, open, save, relist } = await setup();
  await open(/Rita M\./);
  await user.type(fieldOf('Name'), ' Moreno');
  await user.type(fieldOf('Mobile'), '1');
  gateway.failCommand('save-directory-entry', 'entry-changed', 'Someone else has changed this entry.');
  relist(withHere({ name: 'Margarita', mobile: '2' }));
  await save();
  const theirs = await screen.findByText(/It is “Margarita” at the moment/);
  expect(theirs).toBeDefined();
  expect(fieldOf('Name').value).toBe('Rita M. Moreno');
  await save();
  expect(screen.getByText(/^Choose a version of each field/)).toBeDefined();
  expect(sent('save-directory-entry')).toHaveLength(1);
  const choose = (field: string, name: string) =>
    user.click(
      within(document.querySelector<HTMLElement>(`[data-field="${field}"]`) ?? document.body).getByRole(
        'button',
        {
          name,
        },
      ),
    );
  await choose('name', 'Keep mine');
  await choose('mobile', 'Use theirs');
  expect(fieldOf('Mobile').value).toBe('2');
  gateway.stubCommand('save-directory-entry', null);
  await save();
  expect(sent('save-directory-entry')[1]).toEqual({
    id: '1101@default',
    patch: { name: 'Rita M. Moreno' },
    base: { name: 'Margarita' },
  });
});

it('[DR15] a photo that the browser can’t read leaves the old one, and a removed one is saved with the rest', async () => {
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no image')));
  const { user, sent, open, save } = await setup({ listing: withHere({ photo: 'hash' }) });
  await open(/Rita Moreno/);
  const photo = () => document.querySelector('.photo-field img')?.getAttribute('src');
  expect(photo()).toBe('/api/photos/hash');
  const input = screen.getByLabelText<HTMLInputElement>('Choose photo');
  fireEvent.change(input, { target: { files: [new File(['<svg/>'], 'a.png', { type: 'image/png' })] } });
  expect((await screen.findByRole('alert')).textContent).toMatch(/no image that the browser can read/);
  expect(photo()).toBe('/api/photos/hash');
  await user.click(screen.getByRole('button', { name: 'Remove photo' }));
  expect(photo()).toBeUndefined();
  await save();
  expect(sent('save-directory-entry')).toEqual([
    { id: '1101@default', patch: { photo: null }, base: { photo: 'hash' } },
  ]);
  vi.unstubAllGlobals();
});

it('[DR12] a line of the file that fits no hint says how to correct it', async () => {
  const { open } = await setup();
  const dialog = await open(/Zoe/);
  expect(dialog.getByText(/^Line 7 of the directory file is for “142”/)).toBeDefined();
  expect(dialog.getByText(/leading zeros of 0142/)).toBeDefined();
});

it('[DR12] the keys of the board move through the table and open an entry', async () => {
  const { user } = await setup();
  (await screen.findByRole('row', { name: /Zoe/ })).focus();
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement?.textContent).toContain('Rita M.');
  await user.keyboard('{Control>}{End}{/Control}{ArrowUp}{Enter}');
  expect(screen.getByRole('dialog').textContent).toContain('1199');
});
