// Builds parts whose sources or output have changed since their last build, by hash.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, isWritable, root, run } from './run.mjs';

/** Sources by part. */
const PARTS = {
  'apps/console': ['apps/console', 'packages/model', 'packages/protocol'],
  'apps/gateway': ['apps/gateway', 'packages'],
  'packages/demo-pbx': ['packages/demo-pbx'],
};
const SHARED = ['package.json', 'pnpm-lock.yaml', 'tsconfig.base.json'];
const NOT_SOURCE = /^(?:node_modules|dist|dist-fuzz.*|.*\.test\.tsx?)$/;

function hashOf(paths, isExcluded = () => false) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) {
      hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
      return;
    }
    for (const name of readdirSync(path).toSorted()) if (!isExcluded(name)) add(join(path, name));
  };
  for (const path of paths) add(join(root, path));
  return hash.digest('hex');
}

/** Builds changed parts. A user without write access uses the existing build. */
export async function build(parts = Object.keys(PARTS)) {
  for (const part of parts) {
    const dist = join(part, 'dist');
    const stamp = join(root, 'node_modules/.built', part);
    const sources = hashOf([...SHARED, ...PARTS[part]], (name) => NOT_SOURCE.test(name));
    const state = () => `${sources} ${hashOf([dist])}`;
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state()) continue;
    if (!isWritable(join(root, dist))) {
      if (!existsSync(join(root, dist)))
        fail(
          `${part} is not built, and this user may not write there. Its owner builds it with \`npm run build\`.`,
        );
      console.error(
        `Lampboard: ${part} may have changed since it was built, and this user may not write there. Going on with what is built; its owner builds it with \`npm run build\`.`,
      );
      continue;
    }
    console.error(`Lampboard: building ${part}`);
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const status = await run(process.execPath, [vite, 'build', part, '--logLevel', 'warn']);
    if (status !== 0) fail(`${part} could not be built; the lines above say why.`);
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, state());
  }
}

if (realpathSync(process.argv[1]) === import.meta.filename) {
  await import('./install.mjs');
  await build();
}
