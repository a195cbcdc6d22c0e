import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../testing/test-folder.ts';
import { personOf, readDirectory } from './directory.ts';

function file(text: string): string {
  const path = join(testFolder(), 'file');
  writeFileSync(path, text);
  return path;
}

it('[GW3] reads people from a CSV file, quoted names and all', () => {
  const path = file(
    '\uFEFFextension,name,department,email\n1101,"Moreno, Rita",Sales,rita@example.com\n1102@sales,Josh,,\n',
  );
  const read = readDirectory(path);
  expect(read.ok).toBe(true);
  if (!read.ok) return;
  const rita = { name: 'Moreno, Rita', department: 'Sales', email: 'rita@example.com', mobile: '' };
  expect(personOf(read.directory, '1101', 'any')).toEqual(rita);
  expect(personOf(read.directory, '1102', 'sales')?.name).toBe('Josh');
  expect(personOf(read.directory, '1102', 'default')).toBeUndefined();
});

it.each([
  ['name,department\nRita,Sales\n', 'no column “extension”'],
  ['extension;name\n1101;Rita\n', 'separated by commas'],
  ['extension,name\n1101,\n', 'name'],
  ['extension,name\n1101,"Rita\n', 'Quote'],
])('[GW3] says what is wrong with the directory %j', (text, word) => {
  const read = readDirectory(file(text));
  expect(read).toMatchObject({ ok: false, message: expect.stringContaining(word) });
});

it('[GW3] says that the directory file is not there', () => {
  expect(readDirectory('/nowhere/people.csv')).toMatchObject({
    ok: false,
    message: expect.stringContaining('/nowhere'),
  });
});

it('[GW3] refuses a directory that is not UTF-8 rather than showing broken names', () => {
  const path = file('');
  writeFileSync(path, Buffer.from('extension,name\n1101,J\xfcrgen\n', 'latin1'));
  expect(readDirectory(path)).toMatchObject({ ok: false, message: expect.stringContaining('UTF-8') });
});
