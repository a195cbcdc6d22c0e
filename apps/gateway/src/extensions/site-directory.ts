import type { HintState } from '@lampboard/model';
import type { ConfigResult } from '../config/environment.ts';
import type { Logger } from '../platform/log.ts';
import { type Directory, type DirectoryFile, readDirectory } from './directory.ts';

/** So many lines of one kind are logged each time the file is read, and the others counted. */
const MAX_LOGGED = 50;

/** The site's directory file, as it was last read. */
export interface SiteDirectory {
  current(): Directory;
  /** Reads the file again; one that can't be used leaves what was read before, and is a warning in the log. */
  reload(): void;
  /** Calls back after each `reload` that succeeded; returns what ends that. */
  onReload(listener: () => void): () => void;
  /** Logs the lines that fit none of the hints, once for each time the file was read. */
  check(hints: readonly HintState[]): void;
}

/** A site without a directory file. */
export const NO_DIRECTORY: SiteDirectory = {
  current: () => new Map(),
  reload: () => {},
  onReload: () => () => {},
  check: () => {},
};

/** Reads the file and logs the lines that can't be used; the message of a file that can't be read is one line. */
export function openDirectory({ path, log }: { path: string; log: Logger }): ConfigResult<SiteDirectory> {
  const first = readDirectory(path);
  if (!first.ok) return first;
  let file: DirectoryFile = first;
  let isChecked = false;
  const listeners = new Set<() => void>();

  function warn(problems: readonly { readonly line: number; readonly problem: string }[]): void {
    for (const { line, problem } of problems.slice(0, MAX_LOGGED))
      log.warn({ file: path, line }, `directory: line ${line} ${problem}`);
    const omitted = problems.length - MAX_LOGGED;
    if (omitted > 0) log.warn({ file: path, omitted }, 'directory: more lines like these');
  }

  function apply(read: DirectoryFile): void {
    file = read;
    isChecked = false;
    log.info({ file: path, people: read.directory.size }, 'the directory was read');
    warn(read.problems);
  }

  apply(first);
  return {
    ok: true,
    value: {
      current: () => file.directory,
      reload() {
        const read = readDirectory(path);
        if (!read.ok)
          return log.warn(
            { reason: read.message },
            'the directory was not read again; names stay as they were',
          );
        apply(read);
        for (const listener of listeners) listener();
      },
      onReload(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      check(hints) {
        // Before its dialplan is loaded Asterisk has none.
        if (isChecked || hints.length === 0) return;
        isChecked = true;
        warn(unmatchedLines(file.lines, hints));
      },
    },
  };
}

/** The lines whose extension no hint has; a spreadsheet that takes numbers for numbers drops the zeros before them. */
function unmatchedLines(lines: ReadonlyMap<string, number>, hints: readonly HintState[]) {
  const known = hints.flatMap(({ exten, context }) => [exten, `${exten}@${context}`]);
  const names = new Set(known);
  const withoutZeros = new Map(known.map((name) => [name.replace(/^0+/, ''), name]));
  return [...lines].flatMap(([extension, line]) => {
    if (names.has(extension)) return [];
    const original = withoutZeros.get(extension);
    const suggestion = original === undefined ? '' : `; did it lose the zeros of ${original}?`;
    return [{ line, problem: `fits no hint${suggestion}` }];
  });
}
