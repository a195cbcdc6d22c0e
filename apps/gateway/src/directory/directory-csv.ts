import type { HintState } from '@lampboard/model';
import {
  type DirectoryFields,
  FILE_FIELDS,
  type Kind,
  KINDS,
  ONLY_PBX,
  type UnmatchedLine,
  unescapeCell,
} from '@lampboard/protocol';
import { parse } from 'csv-parse/sync';
import { tryOr } from '../platform/failure.ts';

/** Fields by `exten@context`, or by the number for all contexts; after `pbx/` for one PBX of several. */
export type Directory = ReadonlyMap<string, DirectoryFields>;

export const COLUMNS = ['extension', ...FILE_FIELDS] as const;
type Column = (typeof COLUMNS)[number];

/** Columns by their names, those of FreePBX's table `userman_users` among them. */
const COLUMN_BY_NAME: ReadonlyMap<string, Column> = new Map([
  ...COLUMNS.map((column) => [column, column] as const),
  ['default_extension', 'extension'],
  ['displayname', 'name'],
  ['cell', 'mobile'],
]);

interface CsvRow {
  /** Last line of the row in the file, from 1 on. */
  readonly line: number;
  readonly record: Readonly<Partial<Record<Column, string>>>;
}

/** An invalid row, or one that is wrong in part. */
export interface RowProblem {
  readonly line: number;
  readonly extension: string;
  readonly problem: 'no-extension' | 'no-fields' | 'repeated' | 'unknown-kind' | 'misplaced-quote';
  /** The line that a repeated one replaces. */
  readonly replaces?: number;
}

export interface ParsedDirectory {
  readonly directory: Directory;
  readonly lines: ReadonlyMap<string, number>;
  readonly problems: readonly RowProblem[];
}

/**
 * Parses a CSV file as spreadsheets and `mysql -B` write it: a header with `extension` and further columns of
 * {@link COLUMN_BY_NAME}; others are ignored. Fields are separated by commas, semicolons or tabs (else RFC 4180). Invalid
 * rows are `problems`. The problem of an unusable file is the end of a sentence that begins with its name.
 */
export function parseDirectory(
  text: string,
): ({ readonly ok: true } & ParsedDirectory) | { readonly ok: false; readonly problem: string } {
  const { columns, rows, problems, isQuery } = readTable(text);
  const absent = columns.includes('extension') ? 'name' : 'extension';
  if (absent === 'extension' || columns.filter((column) => column !== false).length === 1)
    return {
      ok: false,
      problem: `has no column “${absent}” in its first line: it begins with extension,name.`,
    };

  const directory = new Map<string, DirectoryFields>();
  const lines = new Map<string, number>();
  for (const { line, record } of rows) {
    const cell = (column: Column) => {
      const text = cellText(record[column]);
      return isQuery && text === 'NULL' ? '' : text;
    };
    const extension = cell('extension');
    const fields = readFields(cell);
    const row = { line, extension };
    if (extension === '' || Object.keys(fields).length === 0) {
      if (!Object.values(record).every((value) => isBlank(value)))
        problems.push({ ...row, problem: extension === '' ? 'no-extension' : 'no-fields' });
      continue;
    }
    const replaces = lines.get(extension);
    if (replaces !== undefined) problems.push({ ...row, problem: 'repeated', replaces });
    lines.set(extension, line);
    if (cell('kind') !== '' && fields.kind === undefined) problems.push({ ...row, problem: 'unknown-kind' });
    directory.set(extension, fields);
  }
  return { ok: true, directory, lines, problems };
}

/** Returns the trimmed text, without the apostrophe before a formula; empty for invisible ones. */
function cellText(raw = ''): string {
  const text = raw.trim();
  return isBlank(text) ? '' : unescapeCell(text);
}

const YES = /^(?:yes|true|1|x)$/iu;
const NO = /^(?:no|false|0)$/iu;

function readFields(cell: (column: Column) => string): DirectoryFields {
  const [name, department, email, mobile] = [cell('name'), cell('department'), cell('email'), cell('mobile')];
  const kind = toKind(cell('kind'));
  const deputy = cell('deputy');
  const isHidden = YES.test(cell('hidden'));
  return {
    ...(name !== '' && { name }),
    ...(department !== '' && { department }),
    ...(email !== '' && { email }),
    ...(mobile !== '' && { mobile }),
    ...(kind !== undefined && { kind }),
    ...(deputy !== '' && { deputy }),
    ...((isHidden || NO.test(cell('hidden'))) && { hidden: isHidden }),
  };
}

const toKind = (text: string): Kind | undefined =>
  KINDS.find((one) => one === text.toLowerCase().replaceAll(' ', '-'));

/** Returns the fields of an extension; of several rows the one with its closest name counts. */
export function fieldsOf(
  directory: Directory,
  hint: Pick<HintState, 'exten' | 'context'>,
  pbxId: string,
): DirectoryFields {
  const key = directoryKeys(hint, pbxId).find((name) => directory.has(name));
  return directory.get(key ?? '') ?? {};
}

/** Returns what the directory may call an extension, the closest first. */
export function directoryKeys(
  { exten, context }: Pick<HintState, 'exten' | 'context'>,
  pbxId: string,
): readonly string[] {
  const keys = [`${exten}@${context}`, exten];
  return pbxId === ONLY_PBX ? keys : [...keys.map((key) => `${pbxId}/${key}`), ...keys];
}

/** Parses the rows below the header; a line with an unclosed quote is skipped. */
function readTable(text: string) {
  const lines = text.split(/\r\n|\r|\n/);
  const first = lines.findIndex((line) => !isBlank(line));
  const header = lines[first] ?? '';
  const options = {
    delimiter: delimiterOf(header),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  };
  const [names = []] = tryOr(() => parse(header, { ...options, columns: false }), []);
  const columns = toColumns(names);
  const rows: CsvRow[] = [];
  const problems: RowProblem[] = [];
  for (let next = first + 1; next < lines.length; next += 1) {
    const above = next;
    try {
      parse(lines.slice(above).join('\n'), {
        ...options,
        columns,
        on_record(record: CsvRow['record'], info) {
          next = above + info.lines;
          rows.push({ line: next, record });
        },
      });
      next = lines.length;
    } catch {
      while (next < lines.length && isBlank(lines[next])) next += 1;
      problems.push({ line: next + 1, extension: '', problem: 'misplaced-quote' });
    }
  }
  // MySQL writes `NULL` for nothing.
  return { columns, rows, problems, isQuery: names.includes('default_extension') };
}

/** Returns the columns in their order; false for an unknown or repeated one. */
function toColumns(names: readonly string[]): (Column | false)[] {
  const columns = names.map((name) => COLUMN_BY_NAME.get(name.trim().toLowerCase()) ?? false);
  return columns.map((column, index) => columns.indexOf(column) === index && column);
}

/** Returns the most frequent separator of a header line. */
function delimiterOf(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** True if a text has no visible character. */
export const isBlank = (text = '') => /^[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);

/** Returns the rows without a hint; `known` has every name of each hint. */
export function unmatchedRows(
  { directory, lines }: Pick<ParsedDirectory, 'directory' | 'lines'>,
  known: readonly string[],
): UnmatchedLine[] {
  const names = new Set(known);
  const withoutZeros = new Map(known.map((name) => [name.replace(/^0+/, ''), name]));
  return [...lines].flatMap(([extension, line]) => {
    if (names.has(extension)) return [];
    const suggestion = withoutZeros.get(extension);
    const fields = directory.get(extension) ?? {};
    return [{ line, extension, ...(suggestion !== undefined && { suggestion }), fields }];
  });
}
