import { obeySignals } from './obey-signals.ts';

// Before all the rest is loaded, so that no signal finds the process unprepared.
const signals = obeySignals();
const { main } = await import('./main.ts');
signals.serve(await main());
