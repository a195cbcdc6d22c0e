import { type AmiEndpoint, createAmiClient } from '@lampboard/ami';
import type { Entry } from '@lampboard/model';
import { createLinkTracker } from '../asterisk/link-problems.ts';
import { createReconnectLimiter } from '../asterisk/reconnect-limiter.ts';
import type { LiveBoard, PbxInfo } from '../board/live-board.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { CALLS_PROFILE } from './channel-list.ts';
import { createCallsSync } from './calls-sync.ts';
import { type DeviceIndex, createDeviceIndex } from './device-index.ts';

interface ConnectCallsOptions {
  pbx: PbxInfo;
  endpoint: AmiEndpoint;
  board: Pick<LiveBoard, 'apply' | 'current'>;
  clock: Clock;
  metrics: Metrics;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** Follows the calls of one PBX on the board, from `start` on, over an AMI session of their own. */
export function connectCalls(options: ConnectCallsOptions) {
  const { pbx, endpoint, board, clock, log } = options;
  const metrics = options.metrics.ofPbx(pbx.id);
  const ami = createAmiClient({ ...endpoint, profile: CALLS_PROFILE });
  const reconnectLimiter = createReconnectLimiter({
    reconnectNow: ami.reconnectNow,
    monotonic: clock.monotonic,
  });
  let deviceIndex: DeviceIndex | null = null;
  let hints = '';
  const link = createLinkTracker({
    pbx,
    purpose: 'calls',
    onDown: (status) => board.apply(pbx.id, [{ kind: 'calls-link', link: status }]),
    clock,
    log,
  });
  const sync = createCallsSync({
    pbxId: pbx.id,
    ami,
    board,
    link,
    deviceIndex: () => deviceIndex,
    metrics,
    clock,
  });

  return {
    /** Takes the entries of the board; a call belongs to those that have its device. */
    setEntries(entries: readonly Entry[]) {
      const listed = JSON.stringify(entries.map(hintsOf));
      if (deviceIndex !== null && listed === hints) return;
      hints = listed;
      deviceIndex = createDeviceIndex(entries, pbx.id);
      sync.refresh();
    },
    reconnect() {
      if (link.status().state === 'down') reconnectLimiter.reconnect();
    },
    start() {
      ami.start(
        reconnectLimiter.observe({
          onState(state) {
            metrics.callsAmiState(state.kind);
            sync.onState(state);
          },
          onResyncNeeded: sync.onResyncNeeded,
          onUntrustedEvent: sync.onUntrustedEvent,
          // Not of this profile, which believes no event.
          onEvent() {},
        }),
      );
    },
    async stop() {
      sync.close();
      await ami.close();
    },
  };
}

const hintsOf = ({ exten, context, hint, aliases = [] }: Entry) => [
  exten,
  context,
  hint,
  ...aliases.map((alias) => [alias.exten, alias.hint]),
];
