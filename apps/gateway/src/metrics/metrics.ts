import type { AmiState } from '@lampboard/ami';
import { COMMAND_NAMES, ONLY_PBX, SINGLE_SIGN_ON_FAILURES, isCommandName } from '@lampboard/protocol';
import { type GaugeSources, addGauges, pbxLabel } from './gauges.ts';
import { VERSION } from '../platform/version.ts';
import type { DisconnectReason } from 'socket.io';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const UPDATE_LATENCY_BUCKETS_S = [
  0.00025, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.008, 0.012, 0.016, 0.02, 0.025, 0.05, 0.1, 0.25, 1,
];
const CALLS_LIST_DURATION_BUCKETS_S = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const LIST_DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

export type SignInMethod = 'password' | 'demo' | 'invitation' | 'single-sign-on';

const SIGN_IN_RESULTS = {
  password: ['ok', 'wrong-credentials', 'too-many', 'forbidden'],
  demo: ['ok'],
  invitation: ['ok', 'invalid-invitation', 'too-many', 'weak-password'],
  'single-sign-on': ['ok', ...SINGLE_SIGN_ON_FAILURES],
} as const satisfies Record<SignInMethod, readonly string[]>;

export interface Totals {
  readonly events: number;
  readonly changes: number;
  readonly clients: number;
  /** By failure code. */
  readonly failures: ReadonlyMap<string, number>;
  /** Cumulative counts by upper bound in seconds; the last bound is infinite. */
  readonly updateLatency: readonly (readonly [bound: number, count: number])[];
}

export type Metrics = ReturnType<typeof createMetrics>;
/** Metrics of the link to one PBX. */
export type PbxMetrics = ReturnType<Metrics['ofPbx']>;

interface MetricsOptions {
  readonly amiEvents?: readonly string[];
  readonly pbxIds?: readonly string[];
}

/** Creates the metrics. Labels hold no text of users; the series of these AMI events and PBXs exist from the start. */
export function createMetrics({ amiEvents: names = [], pbxIds = [ONLY_PBX] }: MetricsOptions = {}) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  function counter<L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> {
    return new Counter({ name: `lampboard_${name}`, help, labelNames, registers });
  }
  const amiStates = counter(
    'ami_states_total',
    'State transitions of the AMI session, by new state',
    'state',
    'pbx',
  );
  const amiEvents = counter('ami_events_total', 'AMI events received, by name', 'event', 'pbx');
  const amiUntrustedEvents = counter(
    'ami_untrusted_events_total',
    'AMI events that users may have forged, verified by a query',
    'pbx',
  );
  const changes = counter('board_changes_total', 'Board changes sent to clients');
  const snapshots = counter('snapshots_sent_total', 'Snapshots sent to clients');
  const closed = counter('clients_closed_total', 'Client disconnections, by reason', 'reason');
  const lagging = counter('clients_lagging_total', 'Pauses of clients that read too slowly');
  const connected = counter('clients_connected_total', 'Client connections, by transport', 'transport');
  const dropped = counter(
    'connections_dropped_total',
    'Unauthenticated connections closed to admit new ones',
  );
  const unexpectedError = counter('unexpected_errors_total', 'Uncaught errors');
  const commands = counter('commands_total', 'Commands, by name and result', 'command', 'result');
  const signIns = counter('sign_ins_total', 'Sign-in attempts, by method and result', 'method', 'result');
  const requests = counter('http_requests_total', 'HTTP requests, by route and status', 'route', 'status');
  const lists = new Histogram({
    name: 'lampboard_list_duration_seconds',
    help: 'Duration of listing all hints and presences',
    labelNames: ['result', 'pbx'],
    buckets: LIST_DURATION_BUCKETS_S,
    registers,
  });
  const callsLists = new Histogram({
    name: 'lampboard_calls_list_duration_seconds',
    help: 'Duration of listing all channels',
    labelNames: ['result', 'pbx'],
    buckets: CALLS_LIST_DURATION_BUCKETS_S,
    registers,
  });
  const callsSignals = counter(
    'calls_signals_total',
    'Signals of the AMI session for calls that calls may have changed',
    'pbx',
  );
  const malformedChannels = counter(
    'calls_malformed_channels_total',
    'Listed channels that a caller’s text had split, and that were read one by one',
    'pbx',
  );
  const callsAmiStates = counter(
    'calls_ami_states_total',
    'State transitions of the AMI session for calls, by new state',
    'state',
    'pbx',
  );
  const channels = new Gauge({
    name: 'lampboard_calls_channels',
    help: 'Channels in the last list',
    labelNames: ['pbx'],
    registers,
  });
  const updateLatency = new Histogram({
    name: 'lampboard_update_latency_seconds',
    help: 'Time from the first AMI event of a delta to its broadcast',
    buckets: UPDATE_LATENCY_BUCKETS_S,
    registers,
  });
  // Series exist from the start, so that alerts see the first increase.
  for (const pbx of pbxIds.map(pbxLabel)) {
    for (const event of names) amiEvents.inc({ ...pbx, event }, 0);
    amiStates.inc({ ...pbx, state: 'live' }, 0);
    amiUntrustedEvents.inc(pbx, 0);
    callsAmiStates.inc({ ...pbx, state: 'live' }, 0);
    callsSignals.inc(pbx, 0);
    malformedChannels.inc(pbx, 0);
    channels.set(pbx, 0);
    for (const result of ['ok', 'failed']) {
      lists.zero({ ...pbx, result });
      callsLists.zero({ ...pbx, result });
    }
  }
  for (const command of [...COMMAND_NAMES, 'unknown'])
    for (const result of ['ok', 'internal-error']) commands.inc({ command, result }, 0);
  for (const [method, results] of Object.entries(SIGN_IN_RESULTS))
    for (const result of results) signIns.inc({ method, result }, 0);
  for (const transport of ['websocket', 'polling']) connected.inc({ transport }, 0);
  new Gauge({
    name: 'lampboard_build_info',
    help: 'Version of Lampboard; the value is always 1',
    labelNames: ['version'],
    registers,
  }).set({ version: VERSION }, 1);
  const clients = new Gauge({ name: 'lampboard_clients', help: 'Connected clients', registers });

  return {
    ofPbx(pbxId: string) {
      const pbx = pbxLabel(pbxId);
      return {
        amiState: (state: AmiState['kind']) => amiStates.inc({ ...pbx, state }),
        amiEvent: (event: string) => amiEvents.inc({ ...pbx, event }),
        amiUntrusted: () => amiUntrustedEvents.inc(pbx),
        listCompleted: (ms: number, ok: boolean) =>
          lists.observe({ ...pbx, result: ok ? 'ok' : 'failed' }, ms / 1000),
        callsAmiState: (state: AmiState['kind']) => callsAmiStates.inc({ ...pbx, state }),
        callsSignalled: () => callsSignals.inc(pbx),
        callsListed: (ms: number, ok: boolean) =>
          callsLists.observe({ ...pbx, result: ok ? 'ok' : 'failed' }, ms / 1000),
        /** `malformed`: channels among them that a text had split. */
        channelsListed(count: number, malformed: number) {
          channels.set(pbx, count);
          malformedChannels.inc(pbx, malformed);
        },
      };
    },
    /** `ms`: from the first event of the delta to its broadcast. */
    deltaSent(count: number, ms: number) {
      changes.inc(count);
      updateLatency.observe(ms / 1000);
    },
    clientOpened: () => clients.inc(),
    /** `transport` is `websocket` or `polling`. */
    clientConnected: (transport: string) => connected.inc({ transport }),
    clientClosed(reason: DisconnectReason) {
      clients.dec();
      closed.inc({ reason });
    },
    clientLagging: () => lagging.inc(),
    connectionDropped: () => dropped.inc(),
    unexpectedError: () => unexpectedError.inc(),
    snapshotsSent: (count: number) => snapshots.inc(count),
    /** `result` is `ok` or a failure code. */
    command: (name: string, result: string) =>
      commands.inc({ command: isCommandName(name) ? name : 'unknown', result }),
    signIn: (method: SignInMethod, result: string) => signIns.inc({ method, result }),
    request: (route: string, status: number) => requests.inc({ route, status }),
    gauge: (sources: GaugeSources) => addGauges(registry, sources),
    async totals(): Promise<Totals> {
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
    /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

function sumOf({ values }: { readonly values: readonly { readonly value: number }[] }): number {
  return values.reduce((sum, { value }) => sum + value, 0);
}
