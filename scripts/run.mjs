// Runs the tools of the workspace one after the other; whoever ends this process ends the tool that runs.
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

/** From now on somebody else deals with the signals. */
export function releaseSignals() {
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, end);
}

/** Runs a command in the root of the workspace; resolves to its exit code, null where a signal ended it. */
export function run(command, args, { shell = false } = {}) {
  return new Promise((resolve) => {
    child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell });
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
}

/** Tells whether this user may write to a path, or make it. */
export function isWritable(path) {
  if (!existsSync(path)) return isWritable(dirname(path));
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ends this process with one line. */
export function fail(message) {
  console.error(`Lampboard: ${message}`);
  process.exit(1);
}
