import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

/** The gateway that `npm run dev` starts beside this server. */
const GATEWAY = 'http://127.0.0.1:8080';

/** The theme that was chosen stands before anything is painted: Vite's own rewriting drops the attribute. */
const renderBlocking: Plugin = {
  name: 'render-blocking',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module" ', '<script type="module" blocking="render" '),
  },
};

export default defineConfig({
  plugins: [react(), renderBlocking],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Browsers that know light-dark() and CSS nesting: every one since the middle of 2024.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // Nothing as a data: address, which a strict content security policy would refuse.
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/socket.io': { target: GATEWAY, ws: true }, '/api': GATEWAY, '/sso': GATEWAY },
  },
});
