import { ONLY_PBX } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { fieldsOf, parseDirectory } from './directory-csv.ts';
import { problemText } from './directory-file.ts';

const parse = parseDirectory;

function read(content: string) {
  const result = parse(content);
  if (!result.ok) throw new Error(result.problem);
  const names = [...result.directory].map(([extension, { name = '' }]) => `${extension} ${name}`);
  return {
    ...result,
    names,
    problemTexts: result.problems.map((row) => `${row.line} ${problemText(row)}`),
  };
}

it('[GW3] reads people from a CSV file, quoted names and all', () => {
  const { directory } = read(
    '\uFEFFextension,name,department,email\n1101,"Moreno, Rita",Sales,rita@example.com\n1102@sales,Josh,,\n',
  );
  const rita = { name: 'Moreno, Rita', department: 'Sales', email: 'rita@example.com' };
  const fields = (exten: string, context: string) => fieldsOf(directory, { exten, context }, ONLY_PBX);
  expect(fields('1101', 'any')).toEqual(rita);
  expect(fields('1102', 'sales')).toEqual({ name: 'Josh' });
  expect(fields('1102', 'default')).toEqual({});
});

it.each([
  ['semicolons', 'extension;name\n1101;Moreno, Rita\n1102;Josh\n'],
  ['tabs', 'extension\tname\n1101\tMoreno, Rita\n1102\tJosh\n'],
  ['capitals and blanks', ' Extension , NAME \n1101 , "Moreno, Rita"\n1102,Josh\n'],
  ['a byte order mark and Windows’ line ends', '\uFEFFExtension;Name\r\n1101;Moreno, Rita\r\n1102;Josh\r\n'],
  ['line ends of old Macs', 'extension;name\r1101;Moreno, Rita\r1102;Josh\r'],
  ['every field in quotes', '"Name";"Extension"\n"Moreno, Rita";"1101"\n"Josh";"1102"\n'],
  ['blank rows', '\n\nextension;name;email\n;;\n1101;Moreno, Rita;\n\n; ;\n1102;Josh;\n;;\n;;\n'],
  ['short and long rows', 'extension;name;email\n1101;Moreno, Rita\n1102;Josh;;;;\n'],
  ['other columns, several lines in one', 'note;extension;name\n"one\ntwo";1101;Moreno, Rita\n;1102;Josh\n'],
])('[CF13] reads a directory file with %s', (_, content) => {
  const { names, problemTexts } = read(content);
  expect(names).toEqual(['1101 Moreno, Rita', '1102 Josh']);
  expect(problemTexts).toEqual([]);
});

it('[CF14] reports invalid rows by line, and reads the rest', () => {
  const { names, problemTexts } = read(
    'extension,name\n1101,Rita\n1102,\n,Josh\n\n1103\n1101,Ada\n1104,Bo\n1105,\u200B\u00A0\n',
  );
  expect(names).toEqual(['1101 Ada', '1104 Bo']);
  expect(problemTexts).toEqual([
    '3 has no name',
    '4 has no extension',
    '6 has no name',
    '7 repeats the extension of line 2 and replaces that line',
    '9 has no name',
  ]);
});

it('[PB9] a row with the id of a PBX counts there, before those without', () => {
  const { directory } = read('extension,name\n1101,Rita\nberlin/1101,Josh\nberlin/1101@sales,Bo\n');
  const nameOf = (pbxId: string, context: string) =>
    fieldsOf(directory, { exten: '1101', context }, pbxId).name;
  expect(nameOf('berlin', 'default')).toBe('Josh');
  expect(nameOf('berlin', 'sales')).toBe('Bo');
  expect(nameOf('paris', 'sales')).toBe('Rita');
});

it('[CF14] an unclosed quote skips its own row alone', () => {
  const { names, problemTexts } = read(
    'extension,name\n1101,"Rita\n1102,Josh\n1103,"Moreno, Ada"\n1104,19" rack\n1105,"Bo" x\n1106,"Cy\n1107,Di\n',
  );
  expect(names).toEqual(['1102 Josh', '1103 Moreno, Ada', '1104 19" rack', '1107 Di']);
  expect(problemTexts).toEqual([2, 6, 7].map((line) => `${line} has a quote in the wrong place`));
});

it.each([
  ['name,department\nRita,Sales\n', 'no column “extension”'],
  ['extension|name\n1101|Rita\n', 'no column “extension”'],
  ['extension,note\n1101,Rita\n', 'no column “name”'],
  ['', 'no column “extension”'],
])('[GW3] reports why the directory %j is unusable', (text, expected) => {
  expect(parse(text)).toMatchObject({ ok: false, problem: expect.stringContaining(expected) });
});

it('[CF13] reads what a query of FreePBX’s database writes', () => {
  const { directory, problemTexts } = read(
    'default_extension\tdisplayname\tdepartment\temail\tcell\n1101\tMoreno, Rita\tNULL\trita@example.com\t+49 170 1\n1102\t\tSales\tNULL\tNULL\n',
  );
  expect(Object.fromEntries(directory)).toEqual({
    '1101': { name: 'Moreno, Rita', email: 'rita@example.com', mobile: '+49 170 1' },
    '1102': { department: 'Sales' },
  });
  expect(problemTexts).toEqual([]);
});

it('[CF13] reads formulas as an export writes them', () => {
  const { directory } = read("extension,name,mobile\n1101,'=1+1,'+49 170 1\n1102,O'Hara,''-x\n");
  expect(Object.fromEntries(directory)).toEqual({
    '1101': { name: '=1+1', mobile: '+49 170 1' },
    '1102': { name: "O'Hara", mobile: "'-x" },
  });
});

it('[CF13] of two columns for one field the first counts', () => {
  expect(read('extension,name,displayname\n1101,Rita,Josh\n').names).toEqual(['1101 Rita']);
});
