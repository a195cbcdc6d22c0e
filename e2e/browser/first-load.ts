import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../../apps/console/dist/', import.meta.url);

/** Bytes of scripts and styles, packed with `gzip -9`, that the built page names to begin with. */
export async function firstLoadBytes(): Promise<number> {
  const html = await readFile(new URL('index.html', DIST), 'utf8');
  const names = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name = '']) => name);
  const files = await Promise.all(names.map((name) => readFile(new URL(name, DIST))));
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}
