import { type AmiListener, type AmiClient, createAmiClient } from '@lampboard/ami';
import { ONLY_PBX } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import { type ListLoader, createListLoader } from './list-loader.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { AttributionLookup, Board } from '@lampboard/model';
import type { Config } from '../config/config.ts';
import { createReconnectLimiter } from './reconnect-limiter.ts';
import { startDemo, externalPbx } from './pbx-endpoint.ts';
import type { Directory } from '../directory/directory.ts';
import { getvar } from './getvar.ts';
import { createHintProbe } from './hint-probe.ts';
import { createResyncSchedule } from './resync-schedule.ts';
import { createLiveBoard } from '../board/live-board.ts';
import type { Logger } from '../platform/log.ts';
import { isLoopback } from '../platform/network.ts';
import { createDisplayNames } from './display-names.ts';
import { createBoardSync } from './board-sync.ts';
import { createPhones } from './phones.ts';
import { createPresenceProviders } from './presence-providers.ts';
import type { SiteDirectory } from '../directory/site-directory.ts';
import { BOARD_PROFILE } from './translate.ts';

/** The term in which this gateway reads the PBX. */
export interface Leadership {
  /** Extensions as the previous leader last published them. */
  readonly lastKnown: Board['extensions'];
  /** To be checked right before each action that only the leader may take. */
  isLeader(): boolean;
}

/** For a gateway that runs alone. */
export const ALWAYS_LEADER: Leadership = { lastKnown: new Map(), isLeader: () => true };

export interface ConnectOptions {
  config: Pick<Config, 'ami' | 'contexts' | 'listBytesPerSecond'>;
  directory: SiteDirectory;
  findAttribution: AttributionLookup;
  leadership: Leadership;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
}

/** Connects to the configured Asterisk, or to the embedded demo PBX where none is configured. */
export async function connectPbx(options: ConnectOptions) {
  const { config, directory, findAttribution, leadership, clock, metrics, log } = options;
  const pbx = config.ami === null ? await startDemo() : externalPbx(config.ami);
  const id = ONLY_PBX;
  const board = createLiveBoard({
    pbxs: [{ id, demo: pbx.isDemo }],
    clock,
    findAttribution,
    onSent: metrics.deltaSent,
    lastKnown: leadership.lastKnown,
  });
  const ami = createAmiClient({ ...pbx.endpoint, profile: BOARD_PROFILE });
  const { monotonic } = clock;
  const reconnectLimiter = createReconnectLimiter({ reconnectNow: ami.reconnectNow, monotonic });
  const providers = createPresenceProviders({ ami });
  const phones = createPhones({ ami });
  const { isContextShown, load } = createListLoader({ ami, providers, phones, contexts: config.contexts });
  const listLoader: ListLoader = {
    isContextShown,
    async load(range) {
      const startedAt = monotonic();
      const loaded = await load(range);
      if (loaded.ok) directory.check(loaded.value.hints);
      metrics.listCompleted(monotonic() - startedAt, loaded.ok);
      return loaded;
    },
  };
  const allPeople = (): Directory => new Map([...pbx.directory, ...directory.current()]);
  let people = allPeople();
  const displayNames = createDisplayNames({
    directory: () => people,
    ami,
    monotonic,
    onFacts: (facts) => board.apply(id, facts),
  });
  const boardSync = createBoardSync({
    pbx: { id, demo: pbx.isDemo },
    board,
    resyncSchedule: createResyncSchedule({
      monotonic,
      bytesReceived: ami.bytesReceived,
      bytesPerSecond: config.listBytesPerSecond,
    }),
    listLoader,
    displayNames,
    ami,
    providers,
    phones,
    readVersion: () => readVersion(ami),
    clock,
    log,
  });
  const isLive = () => boardSync.isLive() && leadership.isLeader();
  const probe = createHintProbe({
    pbxId: id,
    ami,
    phones,
    board,
    isLive: boardSync.isLive,
    monotonic,
    onDifference: boardSync.onResyncNeeded,
  });
  const unsubscribeDirectory = directory.onReload(() => {
    people = allPeople();
    // A list sets all names.
    boardSync.onResyncNeeded();
  });

  return {
    board,
    providers,
    isLive,
    reconnect: reconnectLimiter.reconnect,
    start() {
      const { host, port, tls } = pbx.endpoint;
      if (!pbx.isDemo) log.info({ host, port }, 'connecting to Asterisk');
      if (tls === undefined && !isLoopback(host)) {
        log.warn(
          { host },
          'AMI connection without TLS: its secret and all messages are readable on the network',
        );
      }
      ami.start(reconnectLimiter.observe(countAmi(boardSync, metrics)));
      probe.start();
    },
    async stop() {
      unsubscribeDirectory();
      probe.stop();
      boardSync.close();
      displayNames.close();
      await ami.close();
      await pbx.stop();
    },
  };
}

/** Returns a version such as `22.10.1`, without the distribution's suffix; null if Asterisk reports none. */
async function readVersion(ami: Pick<AmiClient, 'send'>): Promise<string | null> {
  const version = await getvar(ami, 'VERSION()');
  return version.ok ? (/^[\w.]+/.exec(version.value)?.[0] ?? null) : null;
}

/** Wraps the listener to count states and events. */
function countAmi(listener: AmiListener, metrics: Metrics): AmiListener {
  return {
    onState(state) {
      metrics.amiState(state.kind);
      listener.onState(state);
    },
    onEvent(event) {
      metrics.amiEvent(event.name);
      listener.onEvent(event);
    },
    onUntrustedEvent(headers) {
      metrics.amiUntrusted();
      listener.onUntrustedEvent(headers);
    },
    onResyncNeeded: listener.onResyncNeeded,
  };
}
