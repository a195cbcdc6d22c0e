import { Counter, Gauge, type Registry } from 'prom-client';
import { type StoreWriter, WRITE_KINDS } from '../platform/store/store-writer.ts';
import { type LinkReason, LINK_REASONS } from '@lampboard/protocol';

/** What is read at the moment at which somebody asks for the metrics. */
export interface GaugeSources {
  /** Since when it is so, in milliseconds since 1970; the reason is null while the link is live. */
  readonly link: () => { readonly startedAt: number; readonly reason: LinkReason | null };
  readonly extensions: () => number;
  readonly store: StoreGaugeSources;
}

/** The state of the link is one of a set, of which one is 1 (https://github.com/prometheus/OpenMetrics, StateSet). */
export function addGauges(registry: Registry, { link, extensions, store }: GaugeSources): void {
  const registers = [registry];
  const state = new Gauge({
    name: 'lampboard_link_state',
    help: 'The link to Asterisk: 1 for the state that it is in',
    labelNames: ['state'],
    registers,
    collect() {
      const { reason } = link();
      for (const name of ['live', ...LINK_REASONS])
        state.set({ state: name }, name === (reason ?? 'live') ? 1 : 0);
    },
  });
  function gauge(name: string, help: string, read: () => number): void {
    const metric: Gauge = new Gauge({
      name: `lampboard_${name}`,
      help,
      registers,
      collect: () => metric.set(read()),
    });
  }
  gauge(
    'link_state_changed_timestamp_seconds',
    'Since when the link is in its state',
    () => link().startedAt / 1000,
  );
  gauge('extensions', 'Extensions on the board', extensions);
  addStoreGauges(registry, store);
}

interface StoreGaugeSources {
  /** What it takes on disk. */
  readonly bytes: () => number;
  readonly writes: StoreWriter['counts'];
}

/** What is told of the store; every series is there from the start, so that an alert sees its first rise. */
function addStoreGauges(registry: Registry, { bytes, writes }: StoreGaugeSources): void {
  const registers = [registry];
  const size: Gauge = new Gauge({
    name: 'lampboard_database_size_bytes',
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
  function counter(name: string, help: string, key: 'failed' | 'lost'): void {
    const metric: Counter<'kind'> = new Counter({
      name: `lampboard_store_${name}_total`,
      help,
      labelNames: ['kind'],
      registers,
      collect() {
        metric.reset();
        for (const kind of WRITE_KINDS) metric.inc({ kind }, writes()[kind][key]);
      },
    });
  }
  counter('failed_writes', 'Attempts to write the store that failed, by what was to be written', 'failed');
  counter('lost_writes', 'Writes that were given up, by what was to be written', 'lost');
}
