import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

/** As started by `npm run dev`. */
const GATEWAY = 'http://127.0.0.1:8080';

/** Applies the stored theme before the first paint; Vite drops the attribute itself. */
const renderBlocking: Plugin = {
  name: 'render-blocking',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module" ', '<script type="module" blocking="render" '),
  },
};

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gzip);

/** The gateway completes and compresses `index.html` at its start. */
const IS_TEXT = /\.(?:js|css|svg|webmanifest)$/u;

/** Writes `.br` and `.gz` files where they are smaller. */
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

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

const MAIN = 'main.tsx';
/** Loaded at sign-in, or in idle moments of the board. */
const PRELOADED = [
  'pages/sign-in-pages.tsx',
  'pages/person/person-panel.tsx',
  'shell/command-palette-overlay.tsx',
];
/** Imported by the entry, but used by later chunks only. */
const LATER = /@tanstack.(?:query-core|react-query)/u;

/** Returns whether a module is one of these, or is imported by them. */
function importedBy(...paths: readonly string[]) {
  const modules = new Set<string>();
  return (id: string, graph: ModuleGraph) => {
    if (modules.size === 0) {
      for (const path of paths) modules.add(fileURLToPath(new URL(`src/${path}`, import.meta.url)));
      for (const each of modules)
        for (const next of graph.getModuleInfo(each)?.importedIds ?? []) modules.add(next);
    }
    return modules.has(id);
  };
}

/**
 * Bundles the entry's modules into one file, those shared by what is loaded with every visit into a second, and those
 * shared by other chunks into a third: many small files compress worse.
 */
function createFiles() {
  const isOfEntry = importedBy(MAIN);
  const isPreloaded = importedBy(...PRELOADED);
  const isFirst = (id: string, graph: ModuleGraph) => isOfEntry(id, graph) && !LATER.test(id);
  const sharedName = (id: string, graph: ModuleGraph) => (isPreloaded(id, graph) ? 'shared' : 'shared-later');
  return [
    { debugName: 'first', name: (id: string, graph: ModuleGraph) => (isFirst(id, graph) ? 'first' : null) },
    {
      debugName: 'shared',
      name: (id: string, graph: ModuleGraph) => (isFirst(id, graph) ? null : sharedName(id, graph)),
      minShareCount: 2,
    },
  ];
}

export default defineConfig({
  // The gateway may serve the page below any path.
  base: './',
  plugins: [react(), renderBlocking, pack],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
    // Browsers with light-dark() and CSS nesting, since mid-2024.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // The content security policy forbids `data:` addresses.
    assetsInlineLimit: 0,
    // The entry is large before compression.
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
