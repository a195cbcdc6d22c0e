import { obeySignals } from './obey-signals.ts';

// First of all, so that every signal is handled while the rest is loaded.
const signals = obeySignals();
const { main } = await import('./main.ts');
signals.serve(await main());
