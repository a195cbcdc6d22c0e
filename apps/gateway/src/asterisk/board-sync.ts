import type { AmiClient, AmiEvent, AmiState } from '@lampboard/ami';
import {
  type Board,
  type Fact,
  lampFromStatus,
  phoneKey,
  reduce,
  providerKey,
  providerKeyOf,
} from '@lampboard/model';
import { type Extension, type Presence, isOfPbx } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { LiveBoard, PbxInfo } from '../board/live-board.ts';
import type { Logger } from '../platform/log.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';
import { createLinkTracker, pbxField } from './link-problems.ts';
import { createStateQueries } from './state-queries.ts';
import type { ResyncSchedule } from './resync-schedule.ts';
import type { ListLoader } from './list-loader.ts';
import type { DisplayNames } from './display-names.ts';
import type { Phones } from './phones.ts';
import type { PresenceFunction } from './presence-function.ts';
import {
  type QueryTarget,
  type Translation,
  type EventFilter,
  deviceTarget,
  translate,
  translateUntrusted,
} from './translate.ts';

/** A reload sends an event for every hint; one resync after this delay covers them all. */
const RESYNC_DELAY_MS = 100;
const RETRY_MS = 2000;
/** Lists with lamp changes that no event announced; one alone may be just ahead of its events. */
const MAX_UNANNOUNCED_LISTS = 2;

interface BoardSyncOptions {
  readonly pbx: PbxInfo;
  readonly board: LiveBoard;
  readonly listLoader: ListLoader;
  readonly resyncSchedule: ResyncSchedule;
  readonly displayNames: DisplayNames;
  readonly ami: Pick<AmiClient, 'send' | 'resetBackoff'>;
  readonly presenceFunction: Pick<PresenceFunction, 'read' | 'readFull'>;
  readonly phones: Pick<Phones, 'read' | 'readDevice' | 'followed' | 'isKnown' | 'hasTarget' | 'update'>;
  /** Resolves to the release of Asterisk; null where it reports none. */
  readonly readVersion: () => Promise<string | null>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Changes from events that arrived during a full list, which may hold older states. */
interface DuringList {
  /** By extension or provider. */
  readonly facts: Map<string, Fact>;
  /** Devices of untrusted events that no listed entry had yet. */
  readonly devices: Set<string>;
}

type Phase =
  | { readonly kind: 'down' }
  /** Logged in, but lists show changes that no event announced. */
  | { readonly kind: 'no-events' }
  /** Logged in and loading the first list. */
  | { readonly kind: 'syncing' }
  | { readonly kind: 'live' };

/** Keeps the live board in step with one Asterisk: its lists, its events and the state of the link. */
export function createBoardSync(options: BoardSyncOptions) {
  const { pbx, board, listLoader, resyncSchedule, displayNames, ami, phones, clock, log } = options;
  const about = pbxField(pbx.id);
  const link = createLinkTracker({
    pbx,
    purpose: 'board',
    onDown: (status) => board.apply(pbx.id, [{ kind: 'link', link: status }]),
    clock,
    log,
  });
  let phase: Phase = { kind: 'down' };
  /** Counts AMI sessions; results requested in an earlier session are discarded. */
  let session = 0;
  let duringList: DuringList | null = null;
  /** A change may have been missed, so cached full texts can't be trusted. */
  let mayBeStale = false;
  /** Without read class `call` an account receives no events and no error: only lists show the changes. */
  let hasReceivedEvent = false;
  let unannouncedLists = 0;
  let extensionCount = 0;
  const reloadDetector = createReloadDetector({
    board: board.current,
    extensionCount: () => extensionCount,
    monotonic: clock.monotonic,
  });
  const resyncTimer = createReschedulingTimer({ task: resync, monotonic: clock.monotonic });
  const stateQueries = createStateQueries({
    ...options,
    onLamp: (event) => handle(translate(event, filter)),
    onFact: apply,
    onFailure: scheduleResync,
  });
  const filter: EventFilter = {
    pbxId: pbx.id,
    isContextShown: listLoader.isContextShown,
    hasExtension: (id) => phase.kind === 'syncing' || board.current().extensions.has(id),
    isOffBoard: listLoader.isOffBoard,
    isPhoneFollowed: (id) => phones.followed().has(id),
    hasProvider: (provider) => phase.kind === 'syncing' || extensionOfProvider(provider) !== undefined,
  };

  function apply(target: string, fact: Fact): void {
    duringList?.facts.set(target, fact);
    if (phase.kind === 'live') board.apply(pbx.id, [fact]);
  }

  /** Resolves to the milliseconds until the next resync; null while there is no session to list from. */
  async function resync(): Promise<number | null> {
    if (phase.kind === 'down' || phase.kind === 'no-events') return null;
    const startedIn = session;
    const finish = resyncSchedule.start();
    const newer: DuringList = (duringList = { facts: new Map(), devices: new Set() });
    const cachedPresence = phase.kind === 'live' && !mayBeStale ? knownPresence : () => null;
    mayBeStale = false;
    const [loaded, version] = await Promise.all([
      listLoader.load({ updatedDuringList: newer.facts, known: cachedPresence }),
      phase.kind === 'live' ? null : options.readVersion(),
    ]);
    if (startedIn !== session) return 0;
    duringList = null;
    if (!loaded.ok) {
      mayBeStale = true;
      if (loaded.code === 'permission-denied' || loaded.code === 'rejected') {
        phase = { kind: 'syncing' };
        link.down('permission-denied');
      }
      return RETRY_MS;
    }
    const { list } = loaded.value;
    extensionCount = list.entries.length;
    const facts = [list, ...displayNames.setHints(list.entries)];
    if (phase.kind === 'syncing') goLive(version, [...facts, ...newer.facts.values()]);
    else {
      if (!hasReceivedEvent && changesLamps(board.current(), pbx.id, list)) unannouncedLists += 1;
      board.apply(pbx.id, facts);
      if (!hasReceivedEvent && unannouncedLists >= MAX_UNANNOUNCED_LISTS) {
        phase = { kind: 'no-events' };
        link.down('no-events');
      }
    }
    for (const device of newer.devices) applyDevice(device, null);
    return finish();
  }

  function goLive(version: string | null, facts: readonly Fact[]): void {
    phase = { kind: 'live' };
    link.up();
    ami.resetBackoff();
    board.reset({ ...pbx, version, link: link.status() }, facts);
    log.info({ ...about, extensions: extensionCount, version }, 'live');
  }

  function extensionOfProvider(provider: string): Extension | undefined {
    const key = providerKey(provider);
    for (const extension of board.current().extensions.values())
      if (providerKeyOf(extension) === key && isOfPbx(extension.id, pbx.id)) return extension;
    return undefined;
  }

  const knownPresence = (provider: string): Presence | null =>
    extensionOfProvider(provider)?.presence ?? null;

  function scheduleResync(): void {
    mayBeStale = true;
    resyncTimer.runWithin(resyncSchedule.urgentDelay());
  }

  function handle(translation: Translation): void {
    switch (translation.kind) {
      case 'fact':
        stateQueries.cancel(translation.target);
        if (reloadDetector.isReload(translation.fact)) handle({ kind: 'reload' });
        apply(translation.target, translation.fact);
        return translation.phone && stateQueries.query(translation.phone);
      case 'needs-query':
        if (reloadDetector.isUntrustedReload(translation.target)) handle({ kind: 'reload' });
        return stateQueries.query(translation.target);
      case 'reload':
        displayNames.invalidate();
        return handle({ kind: 'needs-resync' });
      case 'needs-resync':
        return resyncTimer.runWithin(Math.max(RESYNC_DELAY_MS, resyncSchedule.urgentDelay()));
      case 'device-changed':
        return applyDevice(translation.device, translation.state);
      case 'ignore':
    }
  }

  function applyDevice(device: string, state: string | null): void {
    if (state !== null)
      for (const [id, phone] of phones.update(device, state))
        apply(phoneKey(id), { kind: 'phone', id, phone });
    if (state === null ? phones.isKnown(device) : phones.hasTarget(device))
      stateQueries.query(deviceTarget(device));
    else if (state === null) duringList?.devices.add(device);
  }

  function handleEvent(event: AmiEvent, translateEvent: typeof translate | typeof translateUntrusted): void {
    if (phase.kind !== 'syncing' && phase.kind !== 'live') return;
    const translation = translateEvent(event, filter);
    // Its other class does not bring the events of lamps.
    if (translation.kind !== 'device-changed') hasReceivedEvent = true;
    handle(translation);
  }

  return {
    isLive: () => phase.kind === 'live',
    onState(state: AmiState) {
      session += 1;
      hasReceivedEvent = false;
      unannouncedLists = 0;
      stateQueries.clear();
      resyncTimer.cancel();
      displayNames.invalidate();
      if (state.kind === 'live') {
        phase = { kind: 'syncing' };
        link.down('syncing');
        resyncTimer.runWithin(0);
      } else {
        phase = { kind: 'down' };
        if (state.kind !== 'closed')
          link.down(state.kind, 'errorCode' in state ? state.errorCode : undefined);
      }
    },
    onEvent: (event: AmiEvent) => handleEvent(event, translate),
    onUntrustedEvent: (event: AmiEvent) => handleEvent(event, translateUntrusted),
    onResyncNeeded: scheduleResync,
    close: () => resyncTimer.cancel(),
  };
}

function changesLamps(board: Board, pbxId: string, list: Fact): boolean {
  return reduce(board, pbxId, [list], 0).some(
    (change) => change.table === 'extensions' && change.op === 'patch' && 'lamp' in change.fields,
  );
}

/** Time in which a reload announces all hints. */
const RELOAD_WINDOW_MS = 2000;
/** Fewer untrusted events are queried one by one, which is safe against forged ones. */
const MIN_UNTRUSTED_EVENTS = 32;

interface ReloadDetectorOptions {
  board: () => Board;
  /** Number of entries in the last list. */
  extensionCount: () => number;
  monotonic: Clock['monotonic'];
}

/**
 * Detects reloads, of which Asterisk sends no event: it announces every remaining hint again, but no removed or renamed
 * one. An announced lamp that the board shows already counts; half of the listed entries make a reload.
 */
function createReloadDetector({ board, extensionCount, monotonic }: ReloadDetectorOptions) {
  let windowStart = Number.NEGATIVE_INFINITY;
  let previousWindow = new Set<string>();
  let currentWindow = new Set<string>();

  /** Returns whether at least `threshold` extensions were announced in the two latest windows. */
  function record(id: string, threshold: number): boolean {
    const elapsed = monotonic() - windowStart;
    if (elapsed > RELOAD_WINDOW_MS) {
      previousWindow = elapsed > 2 * RELOAD_WINDOW_MS ? new Set() : currentWindow;
      currentWindow = new Set();
      windowStart = monotonic();
    }
    previousWindow.delete(id);
    currentWindow.add(id);
    if (previousWindow.size + currentWindow.size < threshold) return false;
    previousWindow = new Set();
    currentWindow = new Set();
    return true;
  }

  const half = () => extensionCount() / 2;
  return {
    isReload: (fact: Fact) =>
      fact.kind === 'status' &&
      board().extensions.get(fact.id)?.lamp === lampFromStatus(fact.status) &&
      record(fact.id, half()),
    isUntrustedReload: ({ kind, id }: QueryTarget) =>
      kind === 'lamp' && record(id, Math.max(half(), MIN_UNTRUSTED_EVENTS)),
  };
}
