import manifest from '../../../package.json' with { type: 'json' };
import { repoPath } from './repo-path.ts';
import { execOrThrow } from './run-command.ts';

/** Writes the package and returns its path. */
export async function packLampboard(): Promise<string> {
  const timeoutMs = 200_000;
  await execOrThrow({ command: 'npm', args: ['run', '--silent', 'package'], cwd: repoPath('.'), timeoutMs });
  return repoPath(`dist/lampboard-${manifest.version}.tgz`);
}
