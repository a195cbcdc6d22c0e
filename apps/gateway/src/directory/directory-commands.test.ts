import { resolveEntry } from '@lampboard/model';
import { type DirectoryPatch, directoryPatch } from '@lampboard/protocol';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { hintOf, openTestDirectory } from './testing/open-test-directory.ts';

/** Takes back everything that is set here. */
const EMPTY: DirectoryPatch = {
  name: null,
  department: null,
  email: null,
  mobile: null,
  kind: null,
  hidden: null,
};

type TestDirectory = ReturnType<typeof openTestDirectory>;

/** Returns what counts for each extension, and where its name comes from. */
const people = ({ commands }: TestDirectory) =>
  Object.fromEntries(
    commands['list-directory']().value.entries.map((entry) => {
      const { fields, sources } = resolveEntry(entry);
      return [entry.id, { ...fields, from: sources.name }];
    }),
  );

/** Without what a file can't tell from nothing. */
function visible(all: ReturnType<typeof people>): unknown {
  return Object.entries(all).map(([id, fields]) => [
    id,
    Object.fromEntries(
      Object.entries(fields).filter(([field, value]) => field !== 'from' && value !== '' && value !== false),
    ),
  ]);
}

const csvOf = ({ service }: TestDirectory) => [...service.exportCsv()].join('');

function preview({ commands }: TestDirectory, text: string) {
  const reply = commands['preview-directory-import']({ text });
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

it('[DR3] a field set here counts before the file’s, and that before Asterisk’s', () => {
  const directory = openTestDirectory({
    file: 'extension,name,department\n1101,Rita,Sales\n',
    hints: [hintOf('1101', 'Rita Moreno'), hintOf('1102', 'Josh')],
  });
  expect(people(directory)).toMatchObject({
    '1101@default': { name: 'Rita', department: 'Sales', kind: 'person', from: 'file' },
    '1102@default': { name: 'Josh', from: 'asterisk' },
  });
  const save = directory.commands['save-directory-entry'];
  expect(save({ id: '1101@default', patch: { name: 'Rita M.', mobile: '+49 170 1' } })).toMatchObject({
    ok: true,
  });
  expect(people(directory)['1101@default']).toMatchObject({
    name: 'Rita M.',
    department: 'Sales',
    mobile: '+49 170 1',
    from: 'here',
  });
  save({ id: '1101@default', patch: { name: null } });
  expect(people(directory)['1101@default']).toMatchObject({
    name: 'Rita',
    mobile: '+49 170 1',
    from: 'file',
  });
});

it('[DR3] a text set to nothing here leaves out the file’s', () => {
  const file = 'extension,department\n1101,Sales\n';
  const directory = openTestDirectory({ file, hints: [hintOf('1101')] });
  directory.commands['save-directory-entry']({ id: '1101@default', patch: { department: '' } });
  expect(people(directory)['1101@default']).toMatchObject({ department: '' });
  directory.commands['save-directory-entry']({ id: '1101@default', patch: { department: null } });
  expect(people(directory)['1101@default']).toMatchObject({ department: 'Sales' });
});

it('[DR4] lists further hints with their entry, and what is left of a hint that is gone', () => {
  const intercom = { ...hintOf('*801101'), hint: hintOf('1101').hint };
  const before = openTestDirectory({ hints: [hintOf('1101'), hintOf('1102'), intercom] });
  const { entries } = before.commands['list-directory']().value;
  expect(entries.map(({ id, aliasOf }) => [id, aliasOf])).toEqual([
    ['1101@default', null],
    ['1102@default', null],
    ['*801101@default', '1101@default'],
  ]);
  before.commands['save-directory-entry']({ id: '1102@default', patch: { name: 'Josh' } });
  const after = openTestDirectory({ folder: before.folder, hints: [hintOf('1101')] });
  expect(after.commands['list-directory']().value.entries.at(-1)).toMatchObject({
    id: '1102@default',
    exten: '1102',
    context: 'default',
    hint: null,
    here: { name: 'Josh' },
  });
  after.commands['save-directory-entry']({ id: '1102@default', patch: { name: null } });
  expect(Object.keys(people(after))).toEqual(['1101@default']);
});

it('[DR10] lists the rows of the file that match no hint, and none before Asterisk has hints', () => {
  const file = 'extension,name,department\n0142,Zoe,\n1199,Nobody,Sales\n142,Zoe,\n1101@lobby,Rita,\n';
  const { commands } = openTestDirectory({ file, hints: [hintOf('0142'), hintOf('1101')] });
  expect(commands['list-directory']().value.unmatched).toEqual([
    { line: 3, extension: '1199', fields: { name: 'Nobody', department: 'Sales' } },
    { line: 4, extension: '142', suggestion: '0142', fields: { name: 'Zoe' } },
    { line: 5, extension: '1101@lobby', fields: { name: 'Rita' } },
  ]);
  expect(openTestDirectory({ file }).commands['list-directory']().value.unmatched).toEqual([]);
});

it('[DR11] a change based on values that are outdated is rejected, and changes of other fields are kept', () => {
  const one = openTestDirectory({ hints: [hintOf('1101')] });
  // Its copy of the store is older.
  const other = openTestDirectory({ folder: one.folder, hints: [hintOf('1101')] });
  const id = '1101@default';
  const save = one.commands['save-directory-entry'];
  const saveLater = other.commands['save-directory-entry'];
  expect(save({ id, patch: { name: 'Rita', mobile: '1' }, base: {} })).toMatchObject({ ok: true });
  const outdated = { ok: false, code: 'entry-changed' };
  expect(saveLater({ id, patch: { name: 'Ann', email: 'a@b' }, base: {} })).toMatchObject(outdated);
  expect(saveLater({ id, patch: { mobile: null }, base: {} })).toMatchObject(outdated);
  // Another field, the same value, and a value that was seen.
  expect(saveLater({ id, patch: { email: 'a@b', name: 'Rita' }, base: {} })).toMatchObject({ ok: true });
  expect(save({ id, patch: { mobile: null }, base: { mobile: '1' } })).toMatchObject({ ok: true });
  expect(people(one)[id]).toMatchObject({ name: 'Rita', email: 'a@b' });
  expect(people(one)[id]).not.toHaveProperty('mobile');
});

it('[DR11] a photo that another administrator has set is not replaced unseen', () => {
  const { commands, service } = openTestDirectory({ hints: [hintOf('1101')] });
  const set = commands['set-directory-photo'];
  const id = '1101@default';
  const jpeg = 'ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100ffd9';
  const photo = Buffer.from(jpeg, 'hex').toString('base64');
  const other = Buffer.from(jpeg.replace('00100010', '00110010'), 'hex').toString('base64');
  expect(set({ id, photo, base: {} })).toMatchObject({ ok: true });
  expect(set({ id, photo: other, base: {} })).toMatchObject({ ok: false, code: 'entry-changed' });
  expect(commands['save-directory-entry']({ id, patch: { photo: null }, base: {} })).toMatchObject({
    code: 'entry-changed',
  });
  const hash = commands['list-directory']().value.entries[0]?.here.photo ?? '';
  expect(Buffer.from(service.photo(hash)?.bytes ?? []).toString('base64')).toBe(photo);
  expect(set({ id, photo: other, base: { photo: hash } })).toMatchObject({ ok: true });
});

it('[DR4] an unknown extension, or deputy, changes nothing', () => {
  const directory = openTestDirectory({ hints: [hintOf('1101')] });
  const save = directory.commands['save-directory-entry'];
  const unknown = { ok: false, code: 'unknown-extension' };
  expect(save({ id: '1199@default', patch: { name: 'Nobody' } })).toMatchObject(unknown);
  for (const deputy of ['1199@default', '1101@default'])
    expect(save({ id: '1101@default', patch: { name: 'Rita', deputy } })).toMatchObject(unknown);
  expect(people(directory)['1101@default']).not.toHaveProperty('name');
});

it('[DR4] nobody is their own deputy by another of their numbers', () => {
  const { hint } = hintOf('1101');
  const directory = openTestDirectory({
    hints: [hintOf('1101'), { ...hintOf('*801101'), hint }, hintOf('1102')],
  });
  const save = directory.commands['save-directory-entry'];
  for (const [id, deputy] of [
    ['1101@default', '*801101@default'],
    ['*801101@default', '1101@default'],
  ] as const)
    expect(save({ id, patch: { deputy } })).toMatchObject({ ok: false, code: 'unknown-extension' });
  expect(save({ id: '1102@default', patch: { deputy: '*801101@default' } })).toMatchObject({ ok: true });
});

it('[DR5] what one gateway saves is known to another that shares its store within a second', async () => {
  const one = openTestDirectory({ hints: [hintOf('1101')] });
  const other = openTestDirectory({ folder: one.folder, hints: [hintOf('1101')] });
  let changes = 0;
  other.sources.onChange(() => (changes += 1));
  one.commands['save-directory-entry']({ id: '1101@default', patch: { name: 'Rita' } });
  const name = () => other.sources.fieldsOf({ exten: '1101', context: 'default' }, '').name;
  await vi.waitFor(() => expect(name()).toBe('Rita'), { timeout: 1000 });
  expect(changes).toBe(1);
});

it('[DR7] a preview tells what an import changes, what it can’t use, and changes nothing', () => {
  const directory = openTestDirectory({
    hints: [hintOf('1101', 'Rita'), hintOf('1102', 'Josh'), hintOf('0142')],
  });
  const text = [
    'extension,name,department,kind,deputy',
    '1101,Rita,Sales,,1102',
    '1102,Josh,,,',
    '1199,Nobody,,,',
    '142,Zoe,,,',
    '0142,Zoe,,sofa,1198',
    ',Nameless,,,',
    '1101,Rita M.,Sales,,',
    '"1102,x,,,',
  ].join('\n');
  const planned = preview(directory, text);
  expect(planned.changes).toEqual([
    {
      id: '1101@default',
      name: 'Rita',
      before: { name: 'Rita' },
      after: { name: 'Rita M.', department: 'Sales' },
    },
    { id: '0142@default', name: '', before: {}, after: { name: 'Zoe' } },
  ]);
  expect(planned.unchanged).toBe(1);
  expect(planned.problems.map(({ line, problem, suggestion }) => [line, problem, suggestion])).toEqual([
    [4, 'no-hint', undefined],
    [5, 'lost-zeros', '0142'],
    [6, 'unknown-kind', undefined],
    [6, 'unknown-deputy', undefined],
    [7, 'no-extension', undefined],
    [8, 'repeated', undefined],
    [9, 'misplaced-quote', undefined],
  ]);
  expect(people(directory)['1101@default']).toMatchObject({ name: 'Rita', from: 'asterisk' });
  expect(directory.commands['import-directory']({ text })).toEqual({ ok: true, value: 2 });
  expect(people(directory)['1101@default']).toMatchObject({ name: 'Rita M.', from: 'here' });
  expect(preview(directory, text).changes).toEqual([]);
});

it('[DR7] a number without context means an entry once, and a text that does not fit is left out', () => {
  const entrance = { ...hintOf('1101', 'Rita', 'lobby'), hint: hintOf('1101').hint };
  const directory = openTestDirectory({
    hints: [hintOf('1101', 'Rita'), entrance, hintOf('1101', 'Ann', 'sales')],
  });
  const text = `extension,name,email\n1101,Ada,${'x'.repeat(300)}\n`;
  const { changes, problems } = preview(directory, text);
  // In `sales` the hint is another one, of the same devices.
  expect(changes.map(({ id, after }) => [id, after])).toEqual([['1101@default', { name: 'Ada' }]]);
  expect(problems).toEqual([{ line: 2, extension: '1101', problem: 'invalid-text' }]);
});

it('[DR7] a file without a table is reported', () => {
  const { commands } = openTestDirectory();
  for (const command of ['preview-directory-import', 'import-directory'] as const)
    expect(commands[command]({ text: 'no table' })).toMatchObject({ ok: false, code: 'invalid-table' });
});

it('[DR8] an export has what counts, with formulas as text', () => {
  const code = { ...hintOf('*801101'), hint: 'Custom:DND1101' };
  const directory = openTestDirectory({
    file: 'extension,kind\n1102,room\n',
    hints: [hintOf('1101', '=1+1'), hintOf('1102', '"Hall", west'), code],
  });
  directory.commands['save-directory-entry']({
    id: '1101@default',
    patch: { mobile: '+49 170 1', deputy: '1102@default' },
  });
  expect(csvOf(directory).split('\r\n')).toEqual([
    '\uFEFFextension,name,department,email,mobile,kind,hidden,deputy',
    "1101@default,'=1+1,,,'+49 170 1,person,,1102@default",
    '1102@default,"""Hall"", west",,,,room,,',
    '',
  ]);
});

it('[DR8] an export can be imported without loss', () => {
  const text = fc.oneof(
    fc.constantFrom('=1', "'=1", "''-x", '+49 30', '@home', 'a,b', 'a;b', '"q"', 'NULL ', ' x', 'Ünï', "'"),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  const fields = fc.record(
    {
      name: text,
      department: text,
      email: text,
      mobile: text,
      kind: fc.constantFrom('room', 'queue'),
      hidden: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const directory = openTestDirectory({ hints: [hintOf('1101', 'Rita'), hintOf('0142')] });
  const save = directory.commands['save-directory-entry'];
  fc.assert(
    fc.property(fields, fields, (one, two) => {
      directory.directoryStore.save(
        new Map([
          ['1101@default', EMPTY],
          ['0142@default', EMPTY],
        ]),
      );
      for (const [id, patch] of [
        ['1101@default', one],
        ['0142@default', two],
      ] as const) {
        const parsed = directoryPatch.safeParse(patch);
        if (parsed.success) save({ id, patch: parsed.data });
      }
      const exported = csvOf(directory);
      expect(preview(directory, exported)).toMatchObject({ changes: [], problems: [] });
      // Elsewhere it sets the same.
      const before = people(directory);
      directory.directoryStore.save(
        new Map([
          ['1101@default', EMPTY],
          ['0142@default', EMPTY],
        ]),
      );
      directory.commands['import-directory']({ text: exported });
      expect(visible(people(directory))).toEqual(visible(before));
    }),
    { numRuns: 300 },
  );
});
