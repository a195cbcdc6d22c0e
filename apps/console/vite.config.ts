import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

/** The gateway that `npm run dev` starts beside this server. */
const GATEWAY = 'http://127.0.0.1:8080';

/** The theme that was chosen stands before anything is painted: Vite's own rewriting drops the attribute. */
const renderBlocking: Plugin = {
  name: 'render-blocking',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module" ', '<script type="module" blocking="render" '),
  },
};

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gzip);

/** Fonts and icons are packed already. */
const IS_TEXT = /\.(?:js|css|html|svg|webmanifest)$/u;

/** Writes each text file packed beside it, `.br` and `.gz`, where that is smaller: the gateway packs nothing itself. */
const pack: Plugin = {
  name: 'pack',
  async writeBundle({ dir = '' }) {
    const texts = (await readdir(dir, { recursive: true })).filter((name) => IS_TEXT.test(name));
    await Promise.all(texts.map((name) => packFile(join(dir, name))));
  },
};

async function packFile(path: string): Promise<void> {
  const text = await readFile(path);
  const packed = { br: brotli(text), gz: gzip(text, { level: 9 }) };
  for (const [ending, packing] of Object.entries(packed)) {
    const bytes = await packing;
    if (bytes.length < text.length) await writeFile(`${path}.${ending}`, bytes);
  }
}

const MAIN = fileURLToPath(new URL('src/main.tsx', import.meta.url));

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Named by what the page begins with, and used by later parts only. */
const LATER = /@tanstack.(?:query-core|react-query)/u;

/**
 * Everything that the page begins with is one file, and another one is what several later parts have in common. The
 * bundler would make a file of each piece: many small ones are packed worse, and each has its headers.
 */
function createFiles() {
  const first = new Set<string>();
  const isFirst = (id: string, graph: ModuleGraph) => {
    if (first.size === 0) {
      first.add(MAIN);
      for (const each of first)
        for (const next of graph.getModuleInfo(each)?.importedIds ?? []) first.add(next);
    }
    return first.has(id) && !LATER.test(id);
  };
  return [
    { debugName: 'first', name: (id: string, graph: ModuleGraph) => (isFirst(id, graph) ? 'first' : null) },
    {
      debugName: 'shared',
      name: (id: string, graph: ModuleGraph) => (isFirst(id, graph) ? null : 'shared'),
      minShareCount: 2,
    },
  ];
}

export default defineConfig({
  plugins: [react(), renderBlocking, pack],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Browsers that know light-dark() and CSS nesting: every one since the middle of 2024.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // Nothing as a data: address, which a strict content security policy would refuse.
    assetsInlineLimit: 0,
    // The first file is large before it is packed; what counts is what is sent.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: { codeSplitting: { groups: createFiles() } },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/socket.io': { target: GATEWAY, ws: true }, '/api': GATEWAY, '/sso': GATEWAY },
  },
});
