import { basename } from 'node:path';
import { defineConfig } from 'vite';

/** Commands, workers and processes. */
const PROGRAMS = [
  'bench/bench.ts',
  'bench/workers/clients.ts',
  'bench/workers/phone.ts',
  'bench/workers/polling.ts',
  'bench/workers/sessions.ts',
  'bench/baselines/baseline-relay.ts',
  'bench/baselines/baseline-ws.ts',
  'bench/baselines/baseline-naive.ts',
  'chaos/chaos.ts',
];

export default defineConfig({
  ssr: { target: 'node', noExternal: [/^@lampboard\//] },
  build: {
    ssr: true,
    rollupOptions: {
      input: Object.fromEntries(PROGRAMS.map((path) => [basename(path, '.ts'), path])),
      // Flat: programs find each other, and the built gateway, by relative paths.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].chunk.js' },
    },
    target: 'node20',
    sourcemap: true,
    emptyOutDir: true,
  },
});
