// `npm run package`: builds, and writes the npm package `dist/lampboard-<version>.tgz`. It holds the bundled gateway, the
// page and the documents; the dependencies that can't be bundled are its only ones.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { fail, root, run } from './run.mjs';

await import('./install.mjs');
await build(['apps/console', 'apps/gateway']);
// Installed only now.
const { loadConfigFromFile } = await import('vite');

const folder = join(root, 'dist/package');
/** Paths are the same as in the checkout, since the gateway finds the page by them. */
const FILES = [
  'apps/console/dist',
  'apps/console/src/ui/fonts/LICENSE',
  'apps/gateway/dist',
  'deploy',
  'docs',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
];
const readManifest = (path) => JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const path of FILES)
  cpSync(join(root, path), join(folder, path), { recursive: true, filter: (from) => !from.endsWith('.map') });
const { name, version, description, license, type, engines } = readManifest('.');
const { dependencies } = readManifest('apps/gateway');
const { config } = await loadConfigFromFile(
  { command: 'build', mode: 'production' },
  'apps/gateway/vite.config.ts',
);
const manifest = {
  name,
  version,
  description,
  license,
  type,
  engines,
  bin: { [name]: 'apps/gateway/dist/main.js' },
  files: FILES,
  dependencies: Object.fromEntries(config.ssr.external.map((each) => [each, dependencies[each]])),
};
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

const isWindows = process.platform === 'win32';
const pack = ['pack', folder, '--pack-destination', join(root, 'dist'), '--loglevel=error'];
const status = await run(isWindows ? 'npm.cmd' : 'npm', pack, { shell: isWindows });
if (status !== 0) fail('the package could not be written; the lines above say why.');
