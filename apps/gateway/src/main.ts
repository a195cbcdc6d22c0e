import { handleSignals } from './platform/signals.ts';

// First of all, so that every signal is handled while the rest is loaded.
const signals = handleSignals();
const { main } = await import('./app.ts');
signals.serve(await main());
