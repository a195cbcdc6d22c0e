import { readFileSync } from 'node:fs';
import type { HintState, KindCorrection } from '@lampboard/model';
import { ONLY_PBX, type Person, KINDS } from '@lampboard/protocol';
import { type Options, parse } from 'csv-parse/sync';
import { tryOr } from '../platform/failure.ts';
import { decodeUtf8, readErrorText } from '../platform/text-file.ts';

/** What a directory says of one number; `person` is null where it gives no name. */
export interface DirectoryEntry extends KindCorrection {
  readonly person: Person | null;
}

/** Entries by `exten@context`, or by the number for all contexts; after `pbx/` for one PBX of several. */
export type Directory = ReadonlyMap<string, DirectoryEntry>;

interface CsvRow {
  /** Last line of the row in the file, from 1 on. */
  readonly line: number;
  readonly record: Readonly<Record<string, string | undefined>>;
}

/** Invalid or duplicate row. `problem` holds no personal data except extensions. */
interface RowProblem {
  readonly line: number;
  readonly problem: string;
}

export interface ParsedDirectory {
  readonly directory: Directory;
  readonly lines: ReadonlyMap<string, number>;
  readonly problems: readonly RowProblem[];
}

/**
 * Reads a CSV file as spreadsheets write it: a header with `extension`, `name` and optional `department`, `email`,
 * `mobile`, `kind` and `hidden`; other columns are ignored. Fields are separated by commas, semicolons or tabs (else RFC 4180), in UTF-8, or
 * UTF-16 with a byte order mark. Invalid rows are `problems`; an unusable file is a one-line message.
 */
export function readDirectory(
  path: string,
): ({ readonly ok: true } & ParsedDirectory) | { readonly ok: false; readonly message: string } {
  const failed = (problem: string) =>
    ({ ok: false, message: `LAMPBOARD_DIRECTORY_FILE ${path} ${problem}` }) as const;
  let text: string | null;
  try {
    text = decode(readFileSync(path));
  } catch (error) {
    return failed(`${readErrorText(error)}.`);
  }
  if (text === null) return failed('is not UTF-8; save it as “CSV UTF-8”.');
  const { columns, rows, problems } = readTable(text);
  const absent = ['extension', 'name'].find((column) => !columns.includes(column));
  if (absent !== undefined)
    return failed(`has no column “${absent}” in its first line: it begins with extension,name.`);

  const directory = new Map<string, DirectoryEntry>();
  const lines = new Map<string, number>();
  for (const { line, record } of rows) {
    const field = (column: string) => record[column]?.trim() ?? '';
    const [extension, name] = [field('extension'), field('name')];
    const kind = KINDS.find((one) => one === field('kind').toLowerCase().replaceAll(' ', '-')) ?? null;
    const hidden = YES.test(field('hidden'));
    if (isBlank(extension) || (isBlank(name) && kind === null && !hidden)) {
      if (!Object.values(record).every((value) => isBlank(value ?? '')))
        problems.push({ line, problem: `has no ${isBlank(extension) ? 'extension' : 'name'}` });
      continue;
    }
    const before = lines.get(extension);
    if (before !== undefined)
      problems.push({ line, problem: `repeats the extension of line ${before} and replaces that line` });
    lines.set(extension, line);
    if (kind === null && !isBlank(field('kind')))
      problems.push({ line, problem: `has an unknown kind; it is one of ${KINDS.join(', ')}` });
    const [department, email, mobile] = [field('department'), field('email'), field('mobile')];
    const person = isBlank(name) ? null : { name, department, email, mobile };
    directory.set(extension, { person, kind, hidden });
  }
  return { ok: true, directory, lines, problems };
}

const YES = /^(?:yes|true|1|x)$/iu;

export function entryOf(
  directory: Directory,
  hint: Pick<HintState, 'exten' | 'context'>,
  pbxId: string,
): DirectoryEntry | undefined {
  const key = directoryKeys(hint, pbxId).find((name) => directory.has(name));
  return key === undefined ? undefined : directory.get(key);
}

/** Returns what the directory may call an extension, the closest first. */
export function directoryKeys(
  { exten, context }: Pick<HintState, 'exten' | 'context'>,
  pbxId: string,
): readonly string[] {
  const keys = [`${exten}@${context}`, exten];
  return pbxId === ONLY_PBX ? keys : [...keys.map((key) => `${pbxId}/${key}`), ...keys];
}

function decode(bytes: Buffer): string | null {
  const byteOrderMark = bytes.subarray(0, 2).toString('hex');
  if (byteOrderMark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  return byteOrderMark === 'feff' ? new TextDecoder('utf-16be').decode(bytes) : decodeUtf8(bytes);
}

/** Parses the rows below the header; a line with an unclosed quote is skipped. */
function readTable(text: string): { columns: string[]; rows: CsvRow[]; problems: RowProblem[] } {
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
  const columns = columnNames(header, options);
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
      while (next < lines.length && isBlank(lines[next] ?? '')) next += 1;
      problems.push({ line: next + 1, problem: 'has a quote in the wrong place' });
    }
  }
  return { columns, rows, problems };
}

function columnNames(header: string, options: Options): string[] {
  const [names = []] = tryOr(() => parse(header, { ...options, columns: false }), []);
  return names.map((name) => name.toLowerCase());
}

/** Returns the most frequent separator of a header line. */
function delimiterOf(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** True if a text has no visible character. */
export const isBlank = (text: string) => /^[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);
