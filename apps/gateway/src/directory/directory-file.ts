import type { HintState } from '@lampboard/model';
import type { ConfigResult } from '../config/environment.ts';
import type { Logger } from '../platform/log.ts';
import { ONLY_PBX } from '@lampboard/protocol';
import { type Directory, type ParsedDirectory, directoryKeys, readDirectory } from './directory-csv.ts';

/** Further lines of one kind are only counted. */
const MAX_LOGGED = 50;

/** The site's directory file. */
export interface DirectoryFile {
  current(): Directory;
  /** Reads the file again; keeps the previous content and logs a warning if it is unusable. */
  reload(): void;
  /** Subscribes to successful reloads; returns the unsubscribe function. */
  onReload(listener: () => void): () => void;
  /** Logs the lines that match no hint of any PBX, once after each read. */
  check(pbxId: string, hints: readonly HintState[]): void;
}

export const NO_DIRECTORY: DirectoryFile = {
  current: () => new Map(),
  reload: () => {},
  onReload: () => () => {},
  check: () => {},
};

interface DirectoryOptions {
  path: string;
  pbxIds?: readonly string[];
  log: Logger;
}

/** Reads the file and logs its invalid lines; fails with a one-line message if the file is unusable. */
export function openDirectory({
  path,
  pbxIds = [ONLY_PBX],
  log,
}: DirectoryOptions): ConfigResult<DirectoryFile> {
  const first = readDirectory(path);
  if (!first.ok) return first;
  let file: ParsedDirectory = first;
  let isChecked = false;
  /** Names of the extensions of each PBX. */
  const namesByPbx = new Map<string, readonly string[]>();
  const listeners = new Set<() => void>();

  function warn(problems: readonly { readonly line: number; readonly problem: string }[]): void {
    for (const { line, problem } of problems.slice(0, MAX_LOGGED))
      log.warn({ file: path, line }, `directory: line ${line} ${problem}`);
    const omitted = problems.length - MAX_LOGGED;
    if (omitted > 0) log.warn({ file: path, omitted }, 'directory: more problems of this kind');
  }

  function apply(read: ParsedDirectory): void {
    file = read;
    isChecked = false;
    log.info({ file: path, people: read.directory.size }, 'directory loaded');
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
          return log.warn({ reason: read.message }, 'directory not reloaded; names are unchanged');
        apply(read);
        for (const listener of listeners) listener();
      },
      onReload(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      check(pbxId, hints) {
        // Asterisk has no hints before its dialplan is loaded.
        if (isChecked || hints.length === 0) return;
        namesByPbx.set(
          pbxId,
          hints.flatMap((hint) => directoryKeys(hint, pbxId)),
        );
        if (!pbxIds.every((id) => namesByPbx.has(id))) return;
        isChecked = true;
        warn(unmatchedLines(file.lines, [...namesByPbx.values()].flat()));
        namesByPbx.clear();
      },
    },
  };
}

/** Returns the lines without a hint, with a suggestion where a spreadsheet dropped leading zeros. */
function unmatchedLines(lines: ReadonlyMap<string, number>, known: readonly string[]) {
  const names = new Set(known);
  const withoutZeros = new Map(known.map((name) => [name.replace(/^0+/, ''), name]));
  return [...lines].flatMap(([extension, line]) => {
    if (names.has(extension)) return [];
    const original = withoutZeros.get(extension);
    const suggestion = original === undefined ? '' : `; did it lose the leading zeros of ${original}?`;
    return [{ line, problem: `matches no hint${suggestion}` }];
  });
}
