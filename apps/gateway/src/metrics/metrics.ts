import type { AmiState } from '@lampboard/ami';
import { COMMAND_NAMES, SINGLE_SIGN_ON_FAILURES, isCommandName } from '@lampboard/protocol';
import { type GaugeSources, addGauges } from './gauges.ts';
import type { DisconnectReason } from 'socket.io';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Upper bounds of the fan-out's buckets, in seconds: fine where it usually lies, up to where it would be a fault. */
const UPDATE_LATENCY_BUCKETS_S = [
  0.00025, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.008, 0.012, 0.016, 0.02, 0.025, 0.05, 0.1, 0.25, 1,
];
const LIST_DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

export type SignInMethod = 'password' | 'demo' | 'single-sign-on';

const SIGN_IN_RESULTS = {
  password: ['ok', 'wrong-credentials', 'too-many', 'forbidden'],
  demo: ['ok'],
  'single-sign-on': ['ok', ...SINGLE_SIGN_ON_FAILURES],
} as const satisfies Record<SignInMethod, readonly string[]>;

/** Everything counted so far. */
export interface Totals {
  readonly events: number;
  readonly changes: number;
  readonly clients: number;
  /** By the code of the refusal. */
  readonly failures: ReadonlyMap<string, number>;
  /** Frames that took so many seconds at most, by that bound, ascending; the last bound is infinite. */
  readonly updateLatency: readonly (readonly [bound: number, count: number])[];
}

/**
 * What the gateway counts of itself. Labels have values of closed sets only: nothing that somebody typed, no name and no
 * extension.
 */
export interface Metrics {
  amiState(state: AmiState['kind']): void;
  amiEvent(name: string): void;
  /** An event could not be believed. */
  amiUntrusted(): void;
  listCompleted(ms: number, ok: boolean): void;
  /** A frame was given to the sockets, so many milliseconds after the first event in it was read. */
  deltaSent(changes: number, ms: number): void;
  clientOpened(): void;
  /** A connection was let in, by `websocket` or `polling`. */
  clientConnected(transport: string): void;
  /** `reason` is one of socket.io's (https://socket.io/docs/v4/server-socket-instance/#disconnect). */
  clientClosed(reason: DisconnectReason): void;
  /** A console does not read as fast as it is written to: it is sent no more until it has caught up. */
  clientLagging(): void;
  /** A connection without a session gave way to a new one. */
  connectionDropped(): void;
  /** An error reached nobody but the last resort. */
  unexpected(): void;
  /** Whole boards were given to so many consoles. */
  snapshotsSent(clients: number): void;
  /** `result` is `ok`, or the code of the refusal. */
  command(name: string, result: string): void;
  signIn(method: SignInMethod, result: string): void;
  request(route: string, status: number): void;
  gauge(sources: GaugeSources): void;
  totals(): Promise<Totals>;
  /** In Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** @param options.amiEvents names of the AMI events whose series exist from the start */
export function createMetrics({ amiEvents: names = [] }: { amiEvents?: readonly string[] } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  function counter<L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> {
    return new Counter({ name: `lampboard_${name}`, help, labelNames, registers });
  }
  const amiStates = counter('ami_states_total', 'Times at which the AMI session came to a state', 'state');
  const amiEvents = counter('ami_events_total', 'AMI events taken, by name', 'event');
  const amiUntrustedEvents = counter(
    'ami_untrusted_events_total',
    'Events that somebody may have typed, and that Asterisk was asked about instead',
  );
  const changes = counter(
    'board_changes_total',
    'Changes of lamps, presences and rows given to the consoles',
  );
  const snapshots = counter('snapshots_sent_total', 'Whole boards given to consoles');
  const closed = counter('clients_closed_total', 'Consoles whose connection ended, by reason', 'reason');
  const lagging = counter(
    'clients_lagging_total',
    'Times at which a console read too slowly, and was paused',
  );
  const connected = counter('clients_connected_total', 'Connections of consoles, by transport', 'transport');
  const dropped = counter(
    'connections_dropped_total',
    'Connections without a session that gave way to new ones',
  );
  const unexpected = counter('unexpected_errors_total', 'Errors that nothing handled, and that were logged');
  const commands = counter('commands_total', 'Commands, by name and result', 'command', 'result');
  const signIns = counter('sign_ins_total', 'Attempts to sign in, by method and result', 'method', 'result');
  const requests = counter('http_requests_total', 'HTTP requests, by route and status', 'route', 'status');
  const lists = new Histogram({
    name: 'lampboard_list_duration_seconds',
    help: 'Time to list every hint and presence',
    labelNames: ['result'],
    buckets: LIST_DURATION_BUCKETS_S,
    registers,
  });
  const updateLatency = new Histogram({
    name: 'lampboard_update_latency_seconds',
    help: 'Time from the first AMI event of a frame to the frame given to the sockets',
    buckets: UPDATE_LATENCY_BUCKETS_S,
    registers,
  });
  // A series that is there before anything happened has its first event seen as a rise.
  for (const event of names) amiEvents.inc({ event }, 0);
  amiStates.inc({ state: 'live' }, 0);
  for (const command of [...COMMAND_NAMES, 'unknown'])
    for (const result of ['ok', 'internal-error']) commands.inc({ command, result }, 0);
  for (const [method, results] of Object.entries(SIGN_IN_RESULTS))
    for (const result of results) signIns.inc({ method, result }, 0);
  for (const result of ['ok', 'failed']) lists.zero({ result });
  for (const transport of ['websocket', 'polling']) connected.inc({ transport }, 0);
  const clients = new Gauge({ name: 'lampboard_clients', help: 'Consoles connected', registers });

  return {
    amiState: (state) => amiStates.inc({ state }),
    amiEvent: (event) => amiEvents.inc({ event }),
    amiUntrusted: () => amiUntrustedEvents.inc(),
    listCompleted: (ms, ok) => lists.observe({ result: ok ? 'ok' : 'failed' }, ms / 1000),
    deltaSent(count, ms) {
      changes.inc(count);
      updateLatency.observe(ms / 1000);
    },
    clientOpened: () => clients.inc(),
    clientConnected: (transport) => connected.inc({ transport }),
    clientClosed(reason) {
      clients.dec();
      closed.inc({ reason });
    },
    clientLagging: () => lagging.inc(),
    connectionDropped: () => dropped.inc(),
    unexpected: () => unexpected.inc(),
    snapshotsSent: (count) => snapshots.inc(count),
    command: (name, result) => commands.inc({ command: isCommandName(name) ? name : 'unknown', result }),
    signIn: (method, result) => signIns.inc({ method, result }),
    request: (route, status) => requests.inc({ route, status }),
    gauge: (sources) => addGauges(registry, sources),
    async totals() {
      const series = [...(await commands.get()).values, ...(await signIns.get()).values];
      const failures = new Map<string, number>();
      for (const { labels, value } of series) {
        const code = String(labels.result);
        if (code !== 'ok') failures.set(code, (failures.get(code) ?? 0) + value);
      }
      return {
        events: sumOf(await amiEvents.get()),
        changes: sumOf(await changes.get()),
        clients: sumOf(await clients.get()),
        failures,
        updateLatency: (await updateLatency.get()).values
          .filter(({ metricName }) => metricName?.endsWith('_bucket'))
          .map(({ labels, value }) => [Number(String(labels.le).replace('+Inf', 'Infinity')), value]),
      };
    },
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

function sumOf({ values }: { readonly values: readonly { readonly value: number }[] }): number {
  return values.reduce((sum, { value }) => sum + value, 0);
}
