// `npm run dev`: the page with hot reload, over a gateway with the demo PBX that is built anew at every change.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = join(root, 'node_modules/vite/bin/vite.js');
// An empty setting goes before the one in a file .env.
const env = { ...process.env, LAMPBOARD_AMI_HOST: '' };
const start = (...args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });

spawnSync(process.execPath, [vite, 'build', 'apps/gateway', '--logLevel', 'warn'], {
  cwd: root,
  stdio: 'inherit',
});
const children = [
  start(vite, 'build', 'apps/gateway', '--watch', '--logLevel', 'warn', '--emptyOutDir', 'false'),
  start('--enable-source-maps', '--watch', 'apps/gateway/dist/main.js'),
  start(vite, 'apps/console'),
];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
