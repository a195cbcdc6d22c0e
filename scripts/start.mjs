// `npm start`: installs and builds what has changed, and then is the gateway, in this very process. The shell in which npm
// starts it gives way (`exec`), so that npm's signals come here; Windows has no `exec` and takes the second half.
import { build } from './build.mjs';
import { releaseSignals } from './run.mjs';

// Where npm is killed, or hangs up, nothing else would end the gateway. The shell tells which process is npm: by the time
// at which this one runs, npm may be gone already.
const parent = Number(process.argv[2] ?? process.ppid);
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

await import('./install.mjs');
await build(['apps/console', 'apps/gateway']);
await import('../apps/gateway/dist/main.js');
// Not sooner: a signal that has come, and was not heard yet, would be lost between the two.
releaseSignals();
