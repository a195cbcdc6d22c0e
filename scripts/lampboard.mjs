// `npm run lampboard -- account …`: builds changes, then runs the command line in this process.
import { build } from './build.mjs';
import { releaseSignals } from './run.mjs';

await import('./install.mjs');
await build(['apps/console', 'apps/gateway']);
releaseSignals();
await import('../apps/gateway/dist/main.js');
