import { setTimeout as sleep } from 'node:timers/promises';
import type { AmiClient, AmiEvent, AmiState } from '@lampboard/ami';
import { type Channel, callsOf } from '@lampboard/model';
import type { Call, CallState, LinkReason } from '@lampboard/protocol';
import { getvar } from '../asterisk/getvar.ts';
import type { LinkTracker } from '../asterisk/link-problems.ts';
import type { LiveBoard } from '../board/live-board.ts';
import type { PbxMetrics } from '../metrics/metrics.ts';
import type { Clock } from '../platform/clock.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';
import { createChannelDetails } from './channel-details.ts';
import { parseChannels, talksOf } from './channel-list.ts';
import { createChannelRepair } from './channel-repair.ts';
import type { DeviceIndex } from './device-index.ts';
import { createParkedCalls } from './parked-calls.ts';

/** Average between the begins of two lists; at most a sixtieth of the time is spent on them. */
const INTERVAL_MS = 100;
const DUTY_CYCLE = 1 / 60;
/** On a slow line a list takes longer, but not for Asterisk. */
const MAX_INTERVAL_MS = 1000;
/** A call makes several events at once: after a pause some lists may follow each other as fast as this. */
const MIN_INTERVAL_MS = 15;
const BURST_MS = 300;
/** An application may change without any event, soon after one. */
const FOLLOW_UP_MS = 1000;
const IDLE_MS = 10_000;
/** Without events, and where some are missing. */
const POLL_MS = 1000;
const RETRY_MS = 2000;
const APPLICATION_STATES: ReadonlySet<CallState> = new Set(['menu', 'waiting', 'voicemail']);
/** Lists with a change that no event announced; one alone may be just ahead of its event. */
const MAX_UNANNOUNCED_LISTS = 2;
const SECOND_MS = 1000;
/** Time for reads before a list is shown without what they will add, as on a slow line. */
const READ_WAIT_MS = 100;

interface CallsSyncOptions {
  readonly pbxId: string;
  readonly ami: Pick<AmiClient, 'send' | 'listBlocks' | 'resetBackoff'>;
  readonly board: Pick<LiveBoard, 'apply' | 'current'>;
  readonly link: LinkTracker;
  /** Null until the hints were listed. */
  readonly deviceIndex: () => DeviceIndex | null;
  readonly metrics: Pick<PbxMetrics, 'callsListed' | 'channelsListed' | 'callsSignalled'>;
  readonly clock: Clock;
}

/** Keeps the calls of one PBX on the board as Asterisk lists them. */
export function createCallsSync(options: CallsSyncOptions) {
  const { pbxId, ami, board, link, deviceIndex, metrics, clock } = options;
  const repair = createChannelRepair({ ami, clock });
  const parkedCalls = createParkedCalls({ ami, now: clock.now });
  const channelDetails = createChannelDetails({
    ami,
    clock,
    isOutside: (device) => deviceIndex()?.extensionsOfDevice(device).length === 0,
  });
  const timer = createReschedulingTimer({ task: list, monotonic: clock.monotonic });
  /** Counts AMI sessions; what an earlier one has answered is discarded. */
  let session = 0;
  let isConnected = false;
  let offsetMs: number | null = null;
  let lastStartedAt = Number.NEGATIVE_INFINITY;
  let listedFrom = Number.NEGATIVE_INFINITY;
  let usedUntil = Number.NEGATIVE_INFINITY;
  let spentMs = 0;
  let signalledAt = Number.NEGATIVE_INFINITY;
  /** Events arrive; until that is known, and where they do not, calls are polled. */
  let hasEvents = false;
  let unannouncedLists = 0;
  let talks: string | null = null;
  /** As listed last. */
  let channels: readonly Channel[] = [];
  /** Reads what lists lack; null where all was read. */
  let reading: Promise<void> | null = null;
  let isReadDue = false;
  let previous: ReadonlyMap<string, Call> = board.current().calls;

  /** Resolves to the milliseconds until the next list; null while there is no session. */
  async function list(): Promise<number | null> {
    if (!isConnected) return null;
    const wait = pause();
    if (wait > 0) return wait;
    const startedIn = session;
    const startedAt = clock.monotonic();
    const isSignalled = signalledAt >= lastStartedAt;
    lastStartedAt = startedAt;
    listedFrom = Math.max(usedUntil, startedAt);
    spentMs = 0;
    spend(0);
    offsetMs ??= await readClockOffset();
    const listed = await ami.listBlocks({ Action: 'CoreShowChannels' });
    if (startedIn !== session) return 0;
    const listMs = clock.monotonic() - startedAt;
    metrics.callsListed(listMs, listed.ok);
    if (!listed.ok) {
      spend(listMs);
      const isDenied = listed.code === 'permission-denied' || listed.code === 'rejected';
      // The calls shown may have ended.
      link.down(isDenied ? 'permission-denied' : 'syncing');
      return RETRY_MS;
    }
    const { blocks, arrivalMs } = listed.value;
    const items = parseChannels(blocks);
    metrics.channelsListed(blocks.length, items.malformed.length);
    spend(arrivalMs + clock.monotonic() - startedAt - listMs);
    const repaired = await repair.repair(items);
    if (startedIn !== session) return 0;
    channels = repaired;
    checkEvents(isSignalled);
    isReadDue = true;
    reading ??= readAll();
    const wasRead = await Promise.race([reading.then(() => true), sleep(READ_WAIT_MS, false)]);
    if (startedIn !== session) return 0;
    if (!wasRead) publish();
    return nextDelay();
  }

  /** Reads what the last list lacks, and again where another one has come meanwhile. */
  async function readAll(): Promise<void> {
    const startedIn = session;
    while (isReadDue) {
      isReadDue = false;
      const [nextReadMs] = await Promise.all([
        channelDetails.read(channels, { offsetMs: offsetMs ?? 0, isPolled: !hasEvents }),
        parkedCalls.update(channels),
      ]);
      if (startedIn !== session) return;
      publish();
      if (nextReadMs !== null) timer.runWithin(Math.max(pause(), nextReadMs));
    }
    reading = null;
  }

  function publish(): void {
    const index = deviceIndex();
    if (index === null) return timer.runWithin(POLL_MS);
    const from = clock.monotonic();
    const calls = callsOf({
      pbxId,
      channels,
      details: channelDetails.detailsOf(channels, offsetMs ?? 0),
      parked: parkedCalls.current(),
      previous,
      now: clock.now(),
      ...index,
    });
    previous = new Map(calls.map((call) => [call.id, call]));
    board.apply(pbxId, [{ kind: 'calls', calls }]);
    if (link.up()) {
      ami.resetBackoff();
      board.apply(pbxId, [{ kind: 'calls-link', link: link.status() }]);
    }
    spend(clock.monotonic() - from);
  }

  function nextDelay(): number {
    const followUp = signalledAt + FOLLOW_UP_MS;
    const quietMs = hasEvents && !isInApplication() ? IDLE_MS : POLL_MS;
    const nextListMs = lastStartedAt < followUp ? followUp - clock.monotonic() : quietMs;
    return Math.max(pause(), nextListMs);
  }

  /** A line goes on to another application without any event, as after a key in a menu. */
  const isInApplication = () => [...previous.values()].some(({ state }) => APPLICATION_STATES.has(state));

  /** Returns the milliseconds until the next list may begin. */
  function pause(): number {
    const due = Math.max(lastStartedAt + MIN_INTERVAL_MS, usedUntil - BURST_MS);
    return Math.max(0, due - clock.monotonic());
  }

  /** Counts milliseconds that a list, or what follows from it, has taken at either end. */
  function spend(ms: number): void {
    spentMs += ms;
    usedUntil = listedFrom + Math.min(Math.max(INTERVAL_MS, spentMs / DUTY_CYCLE), MAX_INTERVAL_MS);
  }

  /** Each answered channel that comes or goes, and each change of a bridge, has an event where the account gets any. */
  function checkEvents(isSignalled: boolean): void {
    const current = talksOf(channels);
    const hasChanged = talks !== null && current !== talks;
    talks = current;
    if (isSignalled) unannouncedLists = 0;
    if (!hasChanged) return;
    if (isSignalled) hasEvents = true;
    else if (++unannouncedLists >= MAX_UNANNOUNCED_LISTS) hasEvents = false;
  }

  /** Resolves to null where Asterisk does not report its time. */
  async function readClockOffset(): Promise<number | null> {
    const sentAt = clock.now();
    const time = await getvar(ami, 'STRFTIME(,UTC,%s.%3q)');
    const seconds = time.ok ? Number(time.value) : 0;
    return seconds > 0 ? seconds * SECOND_MS - (sentAt + clock.now()) / 2 : null;
  }

  function down(reason: LinkReason, code?: string): void {
    isConnected = false;
    link.down(reason, code);
  }

  return {
    onState(state: AmiState) {
      session += 1;
      timer.cancel();
      channelDetails.clear();
      parkedCalls.clear();
      offsetMs = null;
      hasEvents = false;
      unannouncedLists = 0;
      talks = null;
      reading = null;
      lastStartedAt = Number.NEGATIVE_INFINITY;
      usedUntil = Number.NEGATIVE_INFINITY;
      if (state.kind === 'closed') isConnected = false;
      else if (state.kind !== 'live') down(state.kind, 'errorCode' in state ? state.errorCode : undefined);
      else {
        isConnected = true;
        link.down('syncing');
        timer.runWithin(0);
      }
    },
    /** Hints have changed. */
    refresh() {
      if (isConnected) timer.runWithin(pause());
    },
    /** A line is held, or is not any more, if the event is true. */
    onUntrustedEvent({ fields }: AmiEvent) {
      channelDetails.onHoldSignal(fields['channel'] ?? '');
    },
    /** Something may have changed in Asterisk. */
    onResyncNeeded() {
      if (!isConnected) return;
      signalledAt = clock.monotonic();
      metrics.callsSignalled();
      timer.runWithin(pause());
    },
    close: () => timer.cancel(),
  };
}
