import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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

/** Fonts and icons are packed already. */
const IS_TEXT = /\.(?:js|css|html|svg|webmanifest)$/u;

/** Writes each text file packed beside it, `.br` and `.gz`, where that is smaller: the gateway packs nothing itself. */
const pack: Plugin = {
  name: 'pack',
  async writeBundle({ dir = '' }) {
    for (const name of await readdir(dir, { recursive: true })) {
      if (!IS_TEXT.test(name)) continue;
      const path = join(dir, name);
      const text = await readFile(path);
      for (const [ending, packed] of [
        ['br', brotliCompressSync(text)],
        ['gz', gzipSync(text, { level: 9 })],
      ] as const)
        if (packed.length < text.length) await writeFile(`${path}.${ending}`, packed);
    }
  },
};

const MAIN = fileURLToPath(new URL('src/main.tsx', import.meta.url));

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Only parts of these are needed at first; which, the bundler knows better. */
const IN_PARTS = /lucide-react|@tanstack.(?:query-core|react-query)/u;

/**
 * Everything that the page begins with is one file. The bundler would make a file of each piece that a lazy part uses
 * as well, and many small files are packed far worse than one.
 */
function createFirstFile(): (id: string, graph: ModuleGraph) => string | null {
  const first = new Set<string>();
  return (id, graph) => {
    if (first.size === 0) {
      first.add(MAIN);
      for (const each of first)
        for (const next of graph.getModuleInfo(each)?.importedIds ?? []) first.add(next);
    }
    return first.has(id) && !IN_PARTS.test(id) ? 'first' : null;
  };
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
      output: { codeSplitting: { groups: [{ debugName: 'first', name: createFirstFile() }] } },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/socket.io': { target: GATEWAY, ws: true }, '/api': GATEWAY, '/sso': GATEWAY },
  },
});
