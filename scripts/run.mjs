// Runs tools of the workspace; SIGINT and SIGTERM end the running tool.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { constants as system } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

let child = null;
const end = (signal) => {
  child?.kill(signal);
  process.exit(128 + system.signals[signal]);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);

export function releaseSignals() {
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, end);
}

/** Runs a command in the workspace root; resolves to its exit code, or null after a signal. */
export function run(command, args, { shell = false } = {}) {
  return new Promise((resolve) => {
    child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell });
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
}

/** Returns whether this user can write to a path, or create it. */
export function isWritable(path) {
  if (!existsSync(path)) return isWritable(dirname(path));
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function fail(message) {
  console.error(`Lampboard: ${message}`);
  process.exit(1);
}
