import { readFileSync } from 'node:fs';
import type { HintState } from '@lampboard/model';
import type { ConfigResult } from '../config/environment.ts';
import type { Logger } from '../platform/log.ts';
import { KINDS, ONLY_PBX, type UnmatchedLine } from '@lampboard/protocol';
import { decodeUtf8, readErrorText } from '../platform/text-file.ts';
import { watchFiles } from '../platform/watch-files.ts';
import {
  type Directory,
  type ParsedDirectory,
  type RowProblem,
  directoryKeys,
  parseDirectory,
  unmatchedRows,
} from './directory-csv.ts';

/** Further lines of one kind are only counted. */
const MAX_LOGGED = 50;
const POLL_INTERVAL_MS = 2000;

/** The site's directory file. */
export interface DirectoryFile {
  current(): Directory;
  /** Reads the file again; keeps the previous content and logs a warning if it is unusable. */
  reload(): void;
  /** Reads the file again whenever it has changed; returns what stops that. */
  watch(): () => void;
  /** Subscribes to successful reloads; returns the unsubscribe function. */
  onReload(listener: () => void): () => void;
  /** Returns the rows that match none of these names of extensions. */
  unmatched(known: readonly string[]): UnmatchedLine[];
  /** Logs the lines that match no hint of any PBX, once after each read. */
  check(pbxId: string, hints: readonly HintState[]): void;
}

export const NO_DIRECTORY: DirectoryFile = {
  current: () => new Map(),
  reload: () => {},
  watch: () => () => {},
  onReload: () => () => {},
  unmatched: () => [],
  check: () => {},
};

interface OpenOptions {
  path: string;
  pbxIds?: readonly string[];
  log: Logger;
  pollIntervalMs?: number;
}

/** Reads the file and logs its invalid lines; fails with a one-line message if the file is unusable. */
export function openDirectory({
  path,
  pbxIds = [ONLY_PBX],
  log,
  pollIntervalMs = POLL_INTERVAL_MS,
}: OpenOptions): ConfigResult<DirectoryFile> {
  const first = readDirectoryFile(path);
  if (!first.ok) return first;
  let { bytes, parsed } = first;
  let isChecked = false;
  let loggedMessage: string | undefined;
  /** Names of the extensions of each PBX. */
  const namesByPbx = new Map<string, readonly string[]>();
  const listeners = new Set<() => void>();

  function warn(problems: readonly { readonly line: number; readonly problem: string }[]): void {
    for (const { line, problem } of problems.slice(0, MAX_LOGGED))
      log.warn({ file: path, line }, `directory: line ${line} ${problem}`);
    const omitted = problems.length - MAX_LOGGED;
    if (omitted > 0) log.warn({ file: path, omitted }, 'directory: more problems of this kind');
  }

  function logLoaded(): void {
    isChecked = false;
    log.info({ file: path, people: parsed.directory.size }, 'directory loaded');
    warn(parsed.problems.map((row) => ({ line: row.line, problem: problemText(row) })));
  }

  function readAgain({ onlyChanged }: { onlyChanged: boolean }): void {
    const next = readDirectoryFile(path);
    if (!next.ok) {
      if (next.message !== loggedMessage || !onlyChanged)
        log.warn({ reason: next.message }, 'directory not reloaded; names are unchanged');
      loggedMessage = next.message;
      return;
    }
    loggedMessage = undefined;
    if (onlyChanged && next.bytes.equals(bytes)) return;
    ({ bytes, parsed } = next);
    logLoaded();
    for (const listener of listeners) listener();
  }

  logLoaded();
  return {
    ok: true,
    value: {
      current: () => parsed.directory,
      reload: () => readAgain({ onlyChanged: false }),
      watch: () => watchFiles([path], pollIntervalMs, () => readAgain({ onlyChanged: true })),
      onReload(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      unmatched: (known) => unmatchedRows(parsed, known),
      check(pbxId, hints) {
        // Asterisk has no hints before its dialplan is loaded.
        if (isChecked || hints.length === 0) return;
        namesByPbx.set(
          pbxId,
          hints.flatMap((hint) => directoryKeys(hint, pbxId)),
        );
        if (!pbxIds.every((id) => namesByPbx.has(id))) return;
        isChecked = true;
        const unmatched = unmatchedRows(parsed, [...namesByPbx.values()].flat());
        warn(unmatched.map((row) => ({ line: row.line, problem: unmatchedText(row) })));
        namesByPbx.clear();
      },
    },
  };
}

type ReadResult =
  | { readonly ok: true; readonly bytes: Buffer; readonly parsed: ParsedDirectory }
  | { readonly ok: false; readonly message: string };

/** An unusable file is a one-line message. */
export function readDirectoryFile(path: string): ReadResult {
  const failed = (problem: string) =>
    ({ ok: false, message: `LAMPBOARD_DIRECTORY_FILE ${path} ${problem}` }) as const;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return failed(`${readErrorText(error)}.`);
  }
  const text = decode(bytes);
  if (text === null) return failed('is not UTF-8; save it as “CSV UTF-8”.');
  const parsed = parseDirectory(text);
  return parsed.ok ? { ok: true, bytes, parsed } : failed(parsed.problem);
}

/** Decodes UTF-8, or UTF-16 with a byte order mark. */
function decode(bytes: Buffer): string | null {
  const byteOrderMark = bytes.subarray(0, 2).toString('hex');
  if (byteOrderMark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  return byteOrderMark === 'feff' ? new TextDecoder('utf-16be').decode(bytes) : decodeUtf8(bytes);
}

/** The problem of a row as the end of a sentence that begins with its line; without personal data but extensions. */
export function problemText({ problem, replaces }: RowProblem): string {
  switch (problem) {
    case 'no-extension':
      return 'has no extension';
    case 'no-fields':
      return 'has no name';
    case 'repeated':
      return `repeats the extension of line ${replaces} and replaces that line`;
    case 'unknown-kind':
      return `has an unknown kind; it is one of ${KINDS.join(', ')}`;
    case 'misplaced-quote':
      return 'has a quote in the wrong place';
  }
}

function unmatchedText({ suggestion }: Pick<UnmatchedLine, 'suggestion'>): string {
  const question = suggestion === undefined ? '' : `; did it lose the leading zeros of ${suggestion}?`;
  return `matches no hint${question}`;
}
