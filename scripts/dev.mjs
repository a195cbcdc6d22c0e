// `npm run dev`: the page with hot reload, and a gateway with the demo PBX that is rebuilt at every change.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { releaseSignals, root } from './run.mjs';

await import('./install.mjs');
await build(['apps/console', 'apps/gateway']);

// Settings of a site do not apply to the demo PBX.
const isSiteSetting = ([name]) => /^LAMPBOARD_(?:AMI|OIDC)_|^LAMPBOARD_PUBLIC_URL$/.test(name);
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter((entry) => !isSiteSetting(entry))),
  LAMPBOARD_DATA_DIR: process.env.LAMPBOARD_DATA_DIR ?? join(root, 'data'),
};
const vite = join(root, 'node_modules/vite/bin/vite.js');
const start = (args, options) => spawn(process.execPath, args, { stdio: 'inherit', ...options });
const children = [
  start([vite, 'build', 'apps/gateway', '--watch', '--logLevel', 'warn', '--emptyOutDir', 'false'], {
    cwd: root,
  }),
  start(['--enable-source-maps', '--watch', join(root, 'apps/gateway/dist/main.js')], {
    cwd: join(root, 'apps/gateway'),
    env,
  }),
  start([vite, 'apps/console'], { cwd: root }),
];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
releaseSignals();
