import { setTimeout as delay } from 'node:timers/promises';
import type { RealAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { indexOfStatus } from '../harness/state-log.ts';
import type { LampDriver } from '../harness/lamp-driver.ts';
import { type BenchClients, lampReportsInDeltas } from '../harness/start-clients.ts';
import type { BenchWorker } from '../harness/worker.ts';

const SETTLE_MS = 2000;

export interface Flood {
  /** Events a second, as another AMI session received them. */
  readonly perSecond: number;
  readonly frames: number;
  /** Milliseconds from the last event to the last delta at the slowest client. */
  readonly lagMs: number;
}

/** Makes as many changes as Asterisk accepts at once; throws if a client differs from Asterisk in the end. */
export async function measureFlood({
  asterisk,
  lamps,
  amiListener,
  clients,
  extens,
  changes,
}: {
  asterisk: RealAsterisk;
  lamps: LampDriver;
  amiListener: BenchWorker<'sessions'>;
  clients: BenchClients;
  extens: readonly string[];
  changes: number;
}): Promise<Flood> {
  await Promise.all([amiListener.collect(), clients.collect()]);
  await lamps.changeAll(extens, changes);
  await delay(SETTLE_MS);
  const [[eventReports = []], clientLog] = await Promise.all([amiListener.collect(), clients.collect()]);
  const first = eventReports[0]?.timestamp ?? Number.NaN;
  const last = eventReports.at(-1)?.timestamp ?? Number.NaN;
  const ends = clientLog.clients.map((times) => times.at(-1) ?? Number.NaN);

  const states = await asterisk.listExtensionStates();
  const stateIndexes = new Map(
    lampReportsInDeltas(clientLog).map(({ exten, stateIndex }) => [exten, stateIndex]),
  );
  const wrong = [...stateIndexes].filter(
    ([exten, stateIndex]) => stateIndex !== indexOfStatus(states.get(`${exten}@default`)?.status ?? -1),
  );
  if (wrong.length > 0) throw new Error(`${wrong.length} lamps are other than Asterisk's`);
  return {
    perSecond: (eventReports.length * 1000) / (last - first),
    frames: clientLog.frames.length,
    lagMs: Math.max(...ends) - last,
  };
}
