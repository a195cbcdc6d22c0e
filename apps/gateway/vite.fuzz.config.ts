import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** File by file, so that what has run can be told apart by its place. */
export default defineConfig({
  ssr: { target: 'node', noExternal: [/^@lampboard\//] },
  build: {
    ssr: true,
    rollupOptions: {
      input: { cli: 'fuzz/cli.ts' },
      output: { preserveModules: true, preserveModulesRoot: ROOT },
    },
    outDir: 'dist-fuzz',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
  },
});
