import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { codeOf } from '../config/text-file.ts';
import { StartFault } from '../start-fault.ts';

/** Mode bits by which others than the owner may write. */
const OTHERS_WRITE = 0o022;

/**
 * Makes the folder of the store, and those above it, readable by their owner only. Throws a {@link StartFault} where it
 * can't, or where others may write in it.
 */
export function makeDataFolder(folder: string): void {
  try {
    make(resolve(folder));
  } catch (error) {
    throw new StartFault(`LAMPBOARD_DATA names ${folder}, which ${whyNot(error)}.`, { cause: error });
  }
  if ((statSync(folder).mode & OTHERS_WRITE) !== 0)
    throw new StartFault(
      `LAMPBOARD_DATA names ${folder}, in which other users may write. They could replace the store; run: chmod go-w ${folder}`,
    );
}

/** Makes one folder after the other: Node's `recursive` loops for ever where a parent can't be made, as in /proc. */
function make(folder: string): void {
  if (isFolder(folder)) return;
  make(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another gateway may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function whyNot(error: unknown): string {
  const code = codeOf(error);
  return code === 'EEXIST' || code === 'ENOTDIR' ? 'is not a folder' : `can't be made a folder (${code})`;
}
