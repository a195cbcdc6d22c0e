import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Preserves modules, so that coverage is reported for each source file. */
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
