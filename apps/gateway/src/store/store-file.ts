import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { StartFault } from '../start-fault.ts';

/** The first bytes of every SQLite file (https://sqlite.org/fileformat.html#magic_header_string). */
const MAGIC = 'SQLite format 3\0';

const TEXTS: Readonly<Record<string, string>> = {
  EACCES: 'can’t be written by the user that runs Lampboard',
  EISDIR: 'is a folder, and should be a file',
  ELOOP: 'is a symbolic link; set LAMPBOARD_DATA to the folder that it leads to, or move the file here',
  ENOSPC: 'can’t be written, the disk is full',
  EPERM: 'can’t be written by the user that runs Lampboard',
  EROFS: 'can’t be written, the file system is read-only',
};

/** A fault of the store, in one line with its file and the setting that leads to it. */
export function storeFault(path: string, what: string): StartFault {
  return new StartFault(`LAMPBOARD_DATA: ${path} ${what}.`);
}

function faultOf(path: string, error: unknown): StartFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return storeFault(path, TEXTS[code] ?? `can’t be used (${code})`);
}

/**
 * Makes the file where there is none, readable by its owner only. Throws where it can't be written, is a symbolic link,
 * or holds something else than a SQLite database.
 */
export function makeStoreFile(path: string): void {
  for (const beside of [`${path}-wal`, `${path}-shm`])
    if (lstatSync(beside, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw storeFault(beside, TEXTS['ELOOP'] ?? '');
  let file: number;
  try {
    file = openSync(
      path,
      constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK,
      0o600,
    );
  } catch (error) {
    throw faultOf(path, error);
  }
  try {
    const head = Buffer.alloc(MAGIC.length);
    const isFile = fstatSync(file).isFile();
    const read = isFile ? readSync(file, head, 0, head.length, 0) : 0;
    if (!isFile || (read > 0 && head.toString('latin1') !== MAGIC))
      throw storeFault(
        path,
        'is no store of Lampboard’s, or is damaged; restore a copy, or choose another folder',
      );
  } finally {
    closeSync(file);
  }
}
