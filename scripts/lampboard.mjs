// `npm run lampboard -- account …`: builds and runs the command line.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { releaseSignals, root } from './run.mjs';

await import('./install.mjs');
await build(['apps/gateway']);
releaseSignals();
const cli = join(root, 'apps/gateway/dist/lampboard.js');
process.exit(spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
