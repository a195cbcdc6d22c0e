import { Counter, Gauge, type Registry } from 'prom-client';
import { type StoreWriter, WRITE_KINDS } from '../platform/store/store-writer.ts';
import { type LinkReason, LINK_REASONS, ONLY_PBX } from '@lampboard/protocol';

/** One PBX at the time of a scrape. */
interface PbxGauges {
  readonly id: string;
  /** `startedAt` in milliseconds since 1970; the reason is null while the link is live. */
  readonly link: { readonly startedAt: number; readonly reason: LinkReason | null };
  readonly extensions: number;
}

/** Labels the series of a PBX; those of the only one have no label. */
export const pbxLabel = (pbxId: string) => (pbxId === ONLY_PBX ? {} : { pbx: pbxId });

/** Read at every scrape. */
export interface GaugeSources {
  readonly pbxs: () => Iterable<PbxGauges>;
  /** `bytes`: size on disk. */
  readonly store: { readonly bytes: () => number; readonly writes: StoreWriter['counts'] };
}

/** The link state is a StateSet (https://github.com/prometheus/OpenMetrics). */
export function addGauges(registry: Registry, { pbxs, store }: GaugeSources): void {
  const registers = [registry];
  const state = new Gauge({
    name: 'lampboard_link_state',
    help: 'State of the link to Asterisk: 1 for the current state, else 0',
    labelNames: ['state', 'pbx'],
    registers,
    collect() {
      for (const { id, link } of pbxs())
        for (const name of ['live', ...LINK_REASONS])
          state.set({ ...pbxLabel(id), state: name }, name === (link.reason ?? 'live') ? 1 : 0);
    },
  });
  function pbxGauge(name: string, help: string, valueOf: (pbx: PbxGauges) => number): void {
    const metric: Gauge<'pbx'> = new Gauge({
      name: `lampboard_${name}`,
      help,
      labelNames: ['pbx'],
      registers,
      collect() {
        for (const pbx of pbxs()) metric.set(pbxLabel(pbx.id), valueOf(pbx));
      },
    });
  }
  const sinceHelp = 'Unix time of the last change of the link state';
  pbxGauge('link_state_changed_timestamp_seconds', sinceHelp, ({ link }) => link.startedAt / 1000);
  pbxGauge('extensions', 'Number of extensions on the board', ({ extensions }) => extensions);
  const size: Gauge = new Gauge({
    name: 'lampboard_database_size_bytes',
    help: 'Size of the store on disk',
    registers,
    collect: () => size.set(store.bytes()),
  });
  addWriteMetrics(registers, store.writes);
}

/** Every series exists from the start, so that alerts see the first increase. */
function addWriteMetrics(registers: Registry[], writes: StoreWriter['counts']): void {
  const waiting: Gauge<'kind'> = new Gauge({
    name: 'lampboard_store_waiting_writes',
    help: 'Writes waiting for the store, by kind',
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
  counter('failed_writes', 'Failed attempts to write to the store, by kind', 'failed');
  counter('lost_writes', 'Lost writes, by kind', 'lost');
}
