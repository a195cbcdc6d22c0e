import { resolveEntry } from '@lampboard/model';
import {
  type DirectoryEntry,
  type DirectoryFields,
  directoryFields,
  type DirectoryPatch,
  directoryPatch,
  FILE_FIELDS,
  formatCsvLine,
  type ImportChange,
  type ImportPreview,
  type ImportProblem,
  pbxIdOf,
} from '@lampboard/protocol';
import { COLUMNS, type ParsedDirectory, directoryKeys, fieldsOf, unmatchedRows } from './directory-csv.ts';
import { deputyId } from './directory-sources.ts';

export interface ImportPlan extends ImportPreview {
  /** By the id of the extension. */
  readonly patches: ReadonlyMap<string, DirectoryPatch>;
}

interface PlanImportOptions {
  parsed: ParsedDirectory;
  entries: readonly DirectoryEntry[];
  pbxIds: readonly string[];
}

/** Plans to set here what a file says and does not count yet; an empty cell changes nothing. */
export function planImport({ parsed, entries, pbxIds }: PlanImportOptions): ImportPlan {
  const { directory, lines } = parsed;
  const listed = new Map(entries.filter(({ hint }) => hint !== null).map((entry) => [entry.id, entry]));
  const known: string[] = [];
  const changes: ImportChange[] = [];
  const patches = new Map<string, DirectoryPatch>();
  const problems: ImportProblem[] = parsed.problems.map(({ line, extension, problem }) => ({
    line,
    extension,
    problem,
  }));
  let unchanged = 0;
  for (const entry of listed.values()) {
    const pbxId = pbxIdOf(entry.id, pbxIds);
    const keys = directoryKeys(entry, pbxId);
    known.push(...keys);
    const key = keys.find((name) => directory.has(name));
    // A number without context means the entry, not its further hints.
    const isFurther = entry.aliasOf !== null && listed.get(entry.aliasOf)?.exten === entry.exten;
    if (key === undefined || (isFurther && !key.includes('@'))) continue;
    const imported = readRow(fieldsOf(directory, entry, pbxId), (text) => {
      const deputy = deputyId(text, entry, pbxId);
      return listed.has(deputy) && deputy !== entry.id ? deputy : null;
    });
    for (const problem of imported.problems)
      problems.push({ line: lines.get(key) ?? 0, extension: key, problem });
    const current = { hidden: false, ...resolveEntry(entry).fields };
    const after = changedFields(current, imported.patch);
    if (after.length === 0) unchanged += 1;
    else {
      const patch = Object.fromEntries(after.map((field) => [field, imported.patch[field]]));
      patches.set(entry.id, patch);
      const before = Object.fromEntries(after.map((field) => [field, current[field]]));
      changes.push({ id: entry.id, name: current.name ?? '', before, after: directoryFields.parse(patch) });
    }
  }
  for (const { line, extension, suggestion } of unmatchedRows(parsed, known))
    problems.push({
      line,
      extension,
      problem: suggestion === undefined ? 'no-hint' : 'lost-zeros',
      ...(suggestion !== undefined && { suggestion }),
    });
  // A row for several extensions has its problem once.
  const unique = new Map(problems.map((problem) => [`${problem.line} ${problem.problem}`, problem]));
  const sorted = [...unique.values()].toSorted((a, b) => a.line - b.line);
  return { changes, unchanged, problems: sorted, patches };
}

/** Checks the fields of a row one by one, so that a wrong one leaves the others. */
function readRow(fields: DirectoryFields, findDeputy: (text: string) => string | null) {
  const problems: ImportProblem['problem'][] = [];
  let patch: DirectoryPatch = {};
  for (const [field, value] of Object.entries(fields)) {
    const resolved = field === 'deputy' ? findDeputy(String(value)) : value;
    const parsed = directoryPatch.safeParse({ [field]: resolved });
    if (resolved === null) problems.push('unknown-deputy');
    else if (parsed.success) patch = { ...patch, ...parsed.data };
    else problems.push('invalid-text');
  }
  return { patch, problems };
}

const changedFields = (current: DirectoryFields, patch: DirectoryPatch) =>
  FILE_FIELDS.filter((field) => patch[field] !== undefined && patch[field] !== current[field]);

/** Excel reads UTF-8 only after it. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Yields the directory as CSV, as the import reads it: what counts for each entry of the board, and for each other hint of
 * which something is known.
 */
export function* exportDirectory(entries: readonly DirectoryEntry[]): Generator<string> {
  yield BYTE_ORDER_MARK + formatCsvLine(COLUMNS);
  for (const entry of entries) {
    const { fields } = resolveEntry(entry);
    const isEntry = entry.aliasOf === null && fields.kind !== 'feature-code';
    const isDescribed = Object.keys({ ...entry.file, ...entry.here }).length > 0;
    if (entry.hint === null || !(isEntry || isDescribed)) continue;
    const cells = { ...fields, extension: entry.id, hidden: fields.hidden === true ? 'yes' : '' };
    yield formatCsvLine(COLUMNS.map((column) => cells[column] ?? ''));
  }
}
