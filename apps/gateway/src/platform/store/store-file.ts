import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../text-file.ts';
import { StartupError } from '../failure.ts';

/** The first bytes of every SQLite file (https://sqlite.org/fileformat.html#magic_header_string). */
const MAGIC = 'SQLite format 3\0';

const ERROR_TEXTS: Readonly<Record<string, string>> = {
  EACCES: 'can’t be written by the user that runs Lampboard',
  EEXIST: 'exists already; choose another name',
  EISDIR: 'is a folder, and should be a file',
  ELOOP: 'is a symbolic link; set LAMPBOARD_DATA_DIR to the folder that it points to, or move the file here',
  ENOENT: 'is in a folder that does not exist',
  ENOSPC: 'can’t be written, the disk is full',
  EPERM: 'can’t be written by the user that runs Lampboard',
  EROFS: 'can’t be written, the file system is read-only',
};

export function storeStartupError(path: string, problem: string): StartupError {
  return new StartupError(`LAMPBOARD_DATA_DIR: ${path} ${problem}.`);
}

/** Returns why a file can't be written, as the end of a sentence that begins with its path. */
export function writeErrorText(error: unknown): string {
  const code = errorCode(error);
  return ERROR_TEXTS[code] ?? `can’t be used (${code})`;
}

/** Creates the file, readable by its owner only; throws if it can't be written, is a link or no SQLite file. */
export function makeStoreFile(path: string): void {
  for (const sidecar of [`${path}-wal`, `${path}-shm`])
    if (lstatSync(sidecar, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw storeStartupError(sidecar, ERROR_TEXTS['ELOOP'] ?? '');
  let file: number;
  try {
    file = openSync(
      path,
      constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK,
      0o600,
    );
  } catch (error) {
    throw storeStartupError(path, writeErrorText(error));
  }
  try {
    const header = Buffer.alloc(MAGIC.length);
    const isFile = fstatSync(file).isFile();
    const read = isFile ? readSync(file, header, 0, header.length, 0) : 0;
    if (!isFile || (read > 0 && header.toString('latin1') !== MAGIC))
      throw storeStartupError(
        path,
        'is not a Lampboard store, or is damaged; restore a copy, or choose another folder',
      );
  } finally {
    closeSync(file);
  }
}

/** Mode bits that let users other than the owner write. */
const WRITABLE_BY_OTHERS = 0o022;

/** Creates the folder and its parents, readable by their owner only. Throws if it can't, or if others may write in it. */
export function makeDataFolder(folder: string): void {
  try {
    createFolder(resolve(folder));
  } catch (error) {
    throw folderError(folder, error);
  }
  if ((statSync(folder).mode & WRITABLE_BY_OTHERS) !== 0)
    throw new StartupError(
      `LAMPBOARD_DATA_DIR names ${folder}, in which other users can write. They could replace the store; run: chmod go-w ${folder}`,
    );
}

/** Throws if this user can't create the store's file, or its folder; creates nothing. */
export function checkCreatable(file: string): void {
  const folder = dirname(resolve(file));
  const existing = existingFolder(folder);
  try {
    // With the dot only a folder is accessible.
    accessSync(`${existing}/.`, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw existing === folder ? storeStartupError(file, writeErrorText(error)) : folderError(folder, error);
  }
}

/** Returns the folder, or the nearest one above it that exists. */
export function existingFolder(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) ? path : existingFolder(dirname(path));
}

function folderError(folder: string, error: unknown): StartupError {
  return new StartupError(`LAMPBOARD_DATA_DIR names ${folder}, which ${reasonOf(error)}.`, { cause: error });
}

/** Node's `recursive` loops for ever if a parent can't be created, as in /proc. */
function createFolder(folder: string): void {
  if (isFolder(folder)) return;
  createFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another gateway may have created it.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  return code === 'EEXIST' || code === 'ENOTDIR' ? 'is not a folder' : `can't be created (${code})`;
}
