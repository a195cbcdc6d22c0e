import { handleSignals } from './platform/signals.ts';

// Imported first, so that signals are handled while the rest is loaded.
const signals = handleSignals();
const { main } = await import('./app.ts');
signals.serve(await main());
