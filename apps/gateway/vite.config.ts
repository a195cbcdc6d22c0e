import { defineConfig } from 'vite';

export default defineConfig({
  // The workspace's own packages go into the bundle; what comes from the registry is loaded from node_modules.
  ssr: { target: 'node', noExternal: [/^@lampboard\//] },
  build: { ssr: 'src/main.ts', outDir: 'dist', emptyOutDir: true, target: 'node20', sourcemap: true },
});
