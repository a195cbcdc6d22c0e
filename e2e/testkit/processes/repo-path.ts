import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Resolves a path relative to the repository, for the sources and for the built programs. */
export function repoPath(path: string): string {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('pnpm-workspace.yaml', folder))) folder = new URL('..', folder);
  return fileURLToPath(new URL(path, folder));
}
