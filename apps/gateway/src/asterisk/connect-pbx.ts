import { type AmiListener, type AmiClient, createAmiClient } from '@lampboard/ami';
import type { Entry, HintState } from '@lampboard/model';
import type { Clock } from '../platform/clock.ts';
import { type ListLoader, createListLoader } from './list-loader.ts';
import type { Metrics, PbxMetrics } from '../metrics/metrics.ts';
import { createReconnectLimiter } from './reconnect-limiter.ts';
import type { PbxEndpoint } from './pbx-endpoint.ts';
import { getvar } from './getvar.ts';
import { createHintProbe } from './hint-probe.ts';
import { createResyncSchedule } from './resync-schedule.ts';
import { AMI_WITHOUT_TLS } from './link-problems.ts';
import type { LiveBoard } from '../board/live-board.ts';
import type { Logger } from '../platform/log.ts';
import { throttle } from '../platform/throttle.ts';
import { isLoopback } from '../platform/network.ts';
import { createDisplayNames } from './display-names.ts';
import { createBoardSync } from './board-sync.ts';
import { pbxField } from './link-problems.ts';
import { createPhones } from './phones.ts';
import { createPresenceFunction } from './presence-function.ts';
import type { DirectorySources } from '../directory/directory-sources.ts';
import type { HintStore } from '../directory/hint-store.ts';
import { BOARD_PROFILE } from './translate.ts';

const SAVE_INTERVAL_MS = 1000;

interface ConnectOptions {
  pbx: PbxEndpoint;
  board: LiveBoard;
  isLeader: () => boolean;
  directory: DirectorySources;
  hintStore: Pick<HintStore, 'save'>;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
  /** Receives the entries of the board with each list. */
  onEntries?: (entries: readonly Entry[]) => void;
}

/** Follows one PBX on the board, from `start` on. */
export function connectPbx(options: ConnectOptions) {
  const { pbx, board, isLeader, directory, hintStore, clock, log, onEntries = () => {} } = options;
  const { id: pbxId } = pbx.info;
  const metrics = options.metrics.ofPbx(pbxId);
  const ami = createAmiClient({ ...pbx.endpoint, profile: BOARD_PROFILE });
  const { monotonic } = clock;
  const reconnectLimiter = createReconnectLimiter({ reconnectNow: ami.reconnectNow, monotonic });
  const presenceFunction = createPresenceFunction({ ami });
  const phones = createPhones({ ami, pbxId });
  const fieldsOfHint = (hint: HintState) => directory.fieldsOf(hint, pbxId);
  let hints: readonly HintState[] = [];
  let isStopped = false;
  const { load, ...loader } = createListLoader({
    pbxId,
    ami,
    presenceFunction,
    phones,
    contexts: pbx.contexts,
    correctionOf: fieldsOfHint,
  });
  const listLoader: ListLoader = {
    ...loader,
    async load(range) {
      const startedAt = monotonic();
      const loaded = await load(range);
      if (loaded.ok) {
        ({ hints } = loaded.value);
        onEntries(loaded.value.list.entries);
        directory.check(pbxId, hints);
        saveHints();
      }
      metrics.listCompleted(monotonic() - startedAt, loaded.ok);
      return loaded;
    },
  };
  const displayNames = createDisplayNames({
    pbxId,
    directory: fieldsOfHint,
    ami,
    monotonic,
    onFacts(facts) {
      board.apply(pbxId, facts);
      saveHints();
    },
  });
  const saveHints = throttle(SAVE_INTERVAL_MS, () => {
    if (isStopped || !isLeader()) return;
    const known = hints.map(({ exten, context, hint }) => {
      const name = displayNames.asteriskName({ exten, context });
      return { exten, context, hint, name };
    });
    hintStore.save(pbxId, known);
  });
  const boardSync = createBoardSync({
    pbx: pbx.info,
    board,
    resyncSchedule: createResyncSchedule({
      monotonic,
      bytesReceived: ami.bytesReceived,
      bytesPerSecond: pbx.listBytesPerSecond,
    }),
    listLoader,
    displayNames,
    ami,
    presenceFunction,
    phones,
    readVersion: () => readVersion(ami),
    clock,
    log,
  });
  const isLive = () => boardSync.isLive() && isLeader();
  const probe = createHintProbe({
    pbxId,
    ami,
    phones,
    board,
    isLive: boardSync.isLive,
    monotonic,
    onDifference: boardSync.onResyncNeeded,
  });
  const unsubscribeDirectory = directory.onChange(() => {
    board.apply(pbxId, displayNames.refreshDirectory());
    // A list classifies the hints again.
    boardSync.onResyncNeeded();
  });

  return {
    presenceFunction,
    isLive,
    reconnect() {
      if (!boardSync.isLive()) reconnectLimiter.reconnect();
    },
    start() {
      const { host, port, tls } = pbx.endpoint;
      if (!pbx.info.demo) log.info({ ...pbxField(pbxId), host, port }, 'connecting to Asterisk');
      if (tls === undefined && !isLoopback(host)) {
        log.warn({ ...pbxField(pbxId), host }, AMI_WITHOUT_TLS);
      }
      ami.start(reconnectLimiter.observe(countAmi(boardSync, metrics)));
      probe.start();
    },
    async stop() {
      isStopped = true;
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
function countAmi(listener: AmiListener, metrics: PbxMetrics): AmiListener {
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
