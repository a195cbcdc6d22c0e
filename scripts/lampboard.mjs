// `npm run lampboard -- account …`: the command line, built where that was not done yet.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'apps/gateway/dist/lampboard.js');
const node = (args, options) =>
  spawnSync(process.execPath, args, { stdio: 'inherit', ...options }).status ?? 1;

if (!existsSync(cli)) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const built = node([vite, 'build', 'apps/gateway', '--logLevel', 'warn'], { cwd: root });
  if (built !== 0) process.exit(built);
}
process.exit(node([cli, ...process.argv.slice(2)]));
