import { type LinkReason, LINK_REASONS } from '@lampboard/protocol';
import { Gauge, type Registry } from 'prom-client';
import { type GaugedStore, gaugeStore } from './store-metrics.ts';

/** What is read at the moment at which somebody asks for the metrics. */
export interface Gauged {
  /** Since when it is so, in milliseconds since 1970; the reason is null while the link is live. */
  readonly link: () => { readonly at: number; readonly reason: LinkReason | null };
  readonly extensions: () => number;
  readonly store: GaugedStore;
}

/** The state of the link is one of a set, of which one is 1 (https://github.com/prometheus/OpenMetrics, StateSet). */
export function addGauges(registry: Registry, { link, extensions, store }: Gauged): void {
  const registers = [registry];
  const state = new Gauge({
    name: 'lampboard_link_state',
    help: 'The link to Asterisk: 1 for the state that it is in',
    labelNames: ['state'],
    registers,
    collect() {
      const { reason } = link();
      for (const each of ['live', ...LINK_REASONS])
        state.set({ state: each }, each === (reason ?? 'live') ? 1 : 0);
    },
  });
  function gauge(name: string, help: string, read: () => number): void {
    const made: Gauge = new Gauge({
      name: `lampboard_${name}`,
      help,
      registers,
      collect: () => made.set(read()),
    });
  }
  gauge('link_since_timestamp_seconds', 'Since when the link is in its state', () => link().at / 1000);
  gauge('extensions', 'Extensions on the board', extensions);
  gaugeStore(registry, store);
}
