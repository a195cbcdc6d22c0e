import { Counter, Gauge, type Registry } from 'prom-client';
import type { StoreWriter } from '../store/store-writer.ts';
import { WRITE_KINDS } from '../store/write-kinds.ts';

export interface GaugedStore {
  /** What it takes on disk. */
  readonly bytes: () => number;
  readonly writes: StoreWriter['counts'];
}

/** What is told of the store; every series is there from the start, so that an alert sees its first rise. */
export function gaugeStore(registry: Registry, { bytes, writes }: GaugedStore): void {
  const registers = [registry];
  const size: Gauge = new Gauge({
    name: 'lampboard_store_bytes',
    help: 'Size of the store on disk',
    registers,
    collect: () => size.set(bytes()),
  });
  const waiting: Gauge<'kind'> = new Gauge({
    name: 'lampboard_store_waiting_writes',
    help: 'Writes that wait for a store that can not be written',
    labelNames: ['kind'],
    registers,
    collect() {
      for (const kind of WRITE_KINDS) waiting.set({ kind }, writes()[kind].waiting);
    },
  });
  function counter(name: string, help: string, which: 'failed' | 'lost'): void {
    const made: Counter<'kind'> = new Counter({
      name: `lampboard_store_${name}_total`,
      help,
      labelNames: ['kind'],
      registers,
      collect() {
        made.reset();
        for (const kind of WRITE_KINDS) made.inc({ kind }, writes()[kind][which]);
      },
    });
  }
  counter('failed_writes', 'Attempts to write the store that failed, by what was to be written', 'failed');
  counter('lost_writes', 'Writes that were given up, by what was to be written', 'lost');
}
