// `npm start`: installs and builds changes, then runs the gateway in this process. `exec` in the npm script lets npm's
// signals reach it; Windows has no `exec` and runs the second half.
import { build } from './build.mjs';
import { releaseSignals } from './run.mjs';

// Ends the gateway when npm is killed. The shell passes npm's process id, since npm may already have ended.
const parent = Number(process.argv[2] ?? process.ppid);
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

await import('./install.mjs');
await build(['apps/console', 'apps/gateway']);
process.argv.length = 2; // No command: it serves.
await import('../apps/gateway/dist/main.js');
// After the gateway handles signals, so that none is lost.
releaseSignals();
