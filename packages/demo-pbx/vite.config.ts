import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: 'src/cli.ts',
    target: 'node20',
    sourcemap: true,
    emptyOutDir: true,
  },
});
