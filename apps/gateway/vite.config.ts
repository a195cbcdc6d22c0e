import { defineConfig } from 'vite';

export default defineConfig({
  ssr: { target: 'node', noExternal: [/^@lampboard\//] },
  build: { ssr: 'src/main.ts', outDir: 'dist', emptyOutDir: true, target: 'node20', sourcemap: true },
});
