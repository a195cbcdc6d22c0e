import { defineConfig } from 'vite';

export default defineConfig({
  // The workspace's own packages go into the bundle; what comes from the registry is loaded from node_modules.
  ssr: { target: 'node', noExternal: [/^@lampboard\//] },
  build: {
    ssr: true,
    rollupOptions: { input: { main: 'src/main.ts', lampboard: 'src/cli/cli.ts' } },
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
  },
});
