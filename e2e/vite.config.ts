import { basename } from 'node:path';
import { defineConfig } from 'vite';

/** What runs by itself: a command, or a thread or process that one starts. */
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
      // All side by side: the programs look for each other, and for the built gateway, from where they are.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].chunk.js' },
    },
    target: 'node20',
    sourcemap: true,
    emptyOutDir: true,
  },
});
