import type { HintFact } from '@lampboard/board';
import type { Read } from '../config/environment.ts';
import type { Logger } from '../log.ts';
import { type Directory, type DirectoryFile, readDirectory } from './directory.ts';
import type { Lister } from './lister.ts';

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
  check(hints: readonly HintFact[]): void;
}

/** A site without a directory file. */
export const NO_DIRECTORY: SiteDirectory = {
  current: () => new Map(),
  reload: () => {},
  onReload: () => () => {},
  check: () => {},
};

/** Reads the file and logs the lines that can't be used; the message of a file that can't be read is one line. */
export function openDirectory({ path, log }: { path: string; log: Logger }): Read<SiteDirectory> {
  const first = readDirectory(path);
  if (!first.ok) return first;
  let file: DirectoryFile = first;
  let isChecked = false;
  const listeners = new Set<() => void>();

  function warn(problems: readonly { readonly line: number; readonly what: string }[]): void {
    for (const { line, what } of problems.slice(0, MAX_LOGGED))
      log.warn({ file: path, line }, `directory: line ${line} ${what}`);
    const more = problems.length - MAX_LOGGED;
    if (more > 0) log.warn({ file: path, more }, 'directory: more lines like these');
  }

  function take(read: DirectoryFile): void {
    file = read;
    isChecked = false;
    log.info({ file: path, people: read.directory.size }, 'the directory was read');
    warn(read.problems);
  }

  take(first);
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
        take(read);
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
        warn(strangers(file.lines, hints));
      },
    },
  };
}

/** The lines whose extension no hint has; a spreadsheet that takes numbers for numbers drops the zeros before them. */
function strangers(lines: ReadonlyMap<string, number>, hints: readonly HintFact[]) {
  const known = hints.flatMap(({ exten, context }) => [exten, `${exten}@${context}`]);
  const names = new Set(known);
  const withoutZeros = new Map(known.map((name) => [name.replace(/^0+/, ''), name]));
  return [...lines].flatMap(([extension, line]) => {
    if (names.has(extension)) return [];
    const meant = withoutZeros.get(extension);
    const hint = meant === undefined ? '' : `; did it lose the zeros of ${meant}?`;
    return [{ line, what: `fits no hint${hint}` }];
  });
}

/** Has each list of hints compared with the directory. */
export function checkDirectory(lister: Lister, directory: SiteDirectory): Lister {
  return {
    ...lister,
    async list(options) {
      const listed = await lister.list(options);
      if (listed.ok) directory.check(listed.value.hints);
      return listed;
    },
  };
}
