// Installs the workspace's dependencies if the lockfile has changed. Needs npm only: npx provides pnpm.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fail, isWritable, root, run } from './run.mjs';

const { engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const minNode = engines.node.replace('>=', '');
if (process.versions.node.localeCompare(minNode, 'en', { numeric: true }) < 0)
  fail(`Node ${minNode} or newer is needed, but this is Node ${process.versions.node}.`);

const PNPM = 'pnpm@12.4.2';
const folder = `${root}node_modules`;
const stamp = `${folder}/.lockfile-hash`;
const hash = createHash('sha256')
  .update(readFileSync(`${root}pnpm-lock.yaml`))
  .digest('hex');
const isInstalled = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;

if (!isInstalled && existsSync(folder) && !isWritable(folder)) {
  console.error(
    `Lampboard: the dependencies may be out of date, and ${folder} can't be written by this user. Going on with what is there; its owner updates it with \`npm run build\`.`,
  );
} else if (!isInstalled) {
  const isWindows = process.platform === 'win32';
  const status = await run(
    isWindows ? 'npx.cmd' : 'npx',
    ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'],
    { shell: isWindows },
  );
  if (status !== 0) fail('the dependencies could not be installed; the lines above say why.');
  writeFileSync(stamp, hash);
}
