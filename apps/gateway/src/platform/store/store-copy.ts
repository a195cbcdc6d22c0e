import { randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import type Database from 'libsql';

/** Files that SQLite may have beside a database (https://sqlite.org/tempfiles.html). */
const SIDECARS = ['-wal', '-shm', '-journal'];

/** Writes a consistent copy of an open store, readable by its owner only, while others go on writing to the store. */
export function copyStore(db: Database.Database, file: string): void {
  withCopy(db, file, (copy) => renameSync(copy, file));
}

/**
 * Keeps a copy of the store under this name, or the name with a number where another one has it. Keeps none where there
 * is the same copy, or if the store is not `isUnchanged` once it is copied.
 */
export function saveCopy(db: Database.Database, name: string, isUnchanged: () => boolean): void {
  withCopy(db, name, (copy) => {
    if (!isUnchanged()) return;
    let saved = name;
    for (let number = 2; existsSync(saved); number += 1) {
      if (isSame(copy, saved)) return;
      saved = `${name}.${number}`;
    }
    renameSync(copy, saved);
  });
}

function withCopy(db: Database.Database, name: string, onCopied: (copy: string) => void): void {
  const copy = partialName(name);
  try {
    createFile(copy);
    db.prepare('VACUUM INTO ?').run(copy);
    syncFile(copy);
    onCopied(copy);
  } finally {
    rmSync(copy, { force: true });
  }
}

/** Unique, since gateways in containers may have the same process id. */
export const partialName = (name: string) => `${name}.${randomUUID().slice(0, 8)}.partial`;

function isSame(one: string, other: string): boolean {
  return statSync(one).size === statSync(other).size && readFileSync(one).equals(readFileSync(other));
}

/** Copies a store that may be open, as its files are, readable by their owner only. */
export function copyStoreFiles(from: string, to: string): void {
  for (const suffix of ['', '-wal'].filter((suffix) => existsSync(`${from}${suffix}`))) {
    createFile(`${to}${suffix}`);
    copyFileSync(`${from}${suffix}`, `${to}${suffix}`);
    syncFile(`${to}${suffix}`);
  }
}

/** Moves the files of a store that no one uses. */
export function moveStoreFiles(from: string, to: string): void {
  for (const suffix of [...SIDECARS, ''].filter((suffix) => existsSync(`${from}${suffix}`)))
    renameSync(`${from}${suffix}`, `${to}${suffix}`);
}

export function removeStoreFiles(path: string): void {
  for (const suffix of ['', ...SIDECARS]) rmSync(`${path}${suffix}`, { force: true });
}

/** Created first, so that others can read its content at no time. Throws if it exists. */
function createFile(file: string): void {
  closeSync(openSync(file, 'wx', 0o600));
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
