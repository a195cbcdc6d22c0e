import { unwatchFile, watchFile } from 'node:fs';

/**
 * Calls `onChange` after a file has changed and all have rested for the interval, and once at the beginning. The files are
 * polled by path, since symbolic links are replaced, and no event tells of files on a network. Returns what stops it.
 */
export function watchFiles(paths: readonly string[], intervalMs: number, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(onChange, intervalMs).unref();
  }

  for (const path of paths) watchFile(path, { interval: intervalMs, persistent: false }, schedule);
  // The files may have changed since they were first read.
  schedule();
  return () => {
    for (const path of paths) unwatchFile(path, schedule);
    clearTimeout(timer);
  };
}
