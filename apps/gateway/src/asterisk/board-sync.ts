import { type Fact, type Board, reduce, phoneKey, providerKey, providerKeyOf } from '@lampboard/model';
import type { LinkReason, LinkStatus, Extension, PbxInfo, Presence } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { LiveBoard } from '../board/live-board.ts';
import type { Logger } from '../platform/log.ts';
import type { AmiClient, AmiEvent, AmiState } from '@lampboard/ami';
import { createStateQueries } from './state-queries.ts';
import type { ResyncSchedule } from './resync-schedule.ts';
import type { SnapshotLoader } from './snapshot-loader.ts';
import type { DisplayNames } from './display-names.ts';
import type { Phones } from './phones.ts';
import type { PresenceStore } from './presence-store.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';
import { createReloadDetector } from './reload-detector.ts';
import {
  type Translation,
  type EventFilter,
  phoneTarget,
  translate,
  translateUntrusted,
} from './translate.ts';

/** One list may be a little ahead of its events. */
const MAX_UNANNOUNCED_LISTS = 2;

/**
 * Whether Asterisk tells of changes at all: an account without read class `call` is sent no event, and no action says
 * so. Where lists know of lamps that no event has told, it is.
 */
export interface EventDeliveryCheck {
  eventReceived(): void;
  /** A list came, which may say otherwise than the board. */
  listReceived(board: Board, list: Fact): void;
  receivesNoEvents(): boolean;
}

function createEventDeliveryCheck(): EventDeliveryCheck {
  let hasReceived = false;
  let unannounced = 0;
  return {
    eventReceived() {
      hasReceived = true;
    },
    listReceived(board, list) {
      if (!hasReceived && changesLamps(board, list)) unannounced += 1;
    },
    receivesNoEvents: () => !hasReceived && unannounced >= MAX_UNANNOUNCED_LISTS,
  };
}

function changesLamps(board: Board, list: Fact): boolean {
  return reduce(board, [list], 0).changes.some(({ kind }) => kind === 'lamp');
}

/** A reload tells of every hint at once; one list answers them all. */
const RESYNC_DELAY_MS = 100;
const RETRY_MS = 2000;

/** Follows one Asterisk: what it lists and tells, and the link to it, become facts of the live board. */
export interface BoardSync {
  onState(state: AmiState): void;
  onEvent(event: AmiEvent): void;
  onUntrustedEvent(event: AmiEvent): void;
  onResyncNeeded(): void;
  isLive(): boolean;
  close(): void;
}

export interface BoardSyncOptions {
  readonly board: LiveBoard;
  readonly snapshotLoader: SnapshotLoader;
  readonly resyncSchedule: ResyncSchedule;
  readonly displayNames: DisplayNames;
  readonly ami: Pick<AmiClient, 'send' | 'resetBackoff'>;
  readonly store: Pick<PresenceStore, 'read' | 'readFull'>;
  readonly phones: Pick<Phones, 'read' | 'joinedWith'>;
  readonly readPbxInfo: () => Promise<PbxInfo>;
  readonly clock: Clock;
  readonly log: Logger;
}

type Phase =
  | { readonly kind: 'down' }
  /** Logged in, but told of nothing: what lists show has changed, and no event came. */
  | { readonly kind: 'no-events' }
  /** Logged in, and on the way to the first list; `held` waits for it. */
  | { readonly kind: 'syncing'; readonly buffered: Map<string, Fact> }
  | { readonly kind: 'live' };

export function createBoardSync(options: BoardSyncOptions): BoardSync {
  const { board, snapshotLoader, resyncSchedule, displayNames, ami, store, phones, readPbxInfo, clock, log } =
    options;
  const linkStatus = createLinkStatusReporter({ board, clock, log });
  let phase: Phase = { kind: 'down' };
  /** Stands for one login: what was asked for in an earlier one no longer matters. */
  let session = Symbol('session');
  /** Extensions and providers of which something was heard while a list is on its way. */
  let updatedDuringList: Set<string> | null = null;
  /** A change may have been missed: texts known in full may no longer be so. */
  let mayBeStale = false;
  const reloadDetector = createReloadDetector({ board: board.current, monotonic: clock.monotonic });
  let eventDelivery = createEventDeliveryCheck();
  const resyncTimer = createReschedulingTimer({ task: resync, monotonic: clock.monotonic });
  const stateQueries = createStateQueries({
    ami,
    store,
    phones,
    clock,
    onPhone: (fact) => apply(phoneKey(fact.id), fact),
    onLamp: (event) => handle(translate(event, filter)),
    onPresence: (fact) => apply(providerKey(fact.provider), fact),
    onFailure: scheduleResync,
  });
  const filter: EventFilter = {
    isContextShown: snapshotLoader.isContextShown,
    hasExtension: (id) => phase.kind === 'syncing' || board.current().extensions.has(id),
    hasProvider: (provider) => phase.kind === 'syncing' || extensionOfProvider(provider) !== undefined,
  };

  function apply(target: string, fact: Fact): void {
    updatedDuringList?.add(target);
    if (phase.kind === 'syncing') phase.buffered.set(target, fact);
    else board.apply([fact]);
  }

  /** Resolves to the milliseconds until the next list, to null while there is nothing to list from. */
  async function resync(): Promise<number | null> {
    if (phase.kind === 'down' || phase.kind === 'no-events') return null;
    const startedIn = session;
    const finish = resyncSchedule.start();
    if (phase.kind === 'syncing') phase = { kind: 'syncing', buffered: new Map() };
    const updated = (updatedDuringList = new Set<string>());
    const cachedPresence = phase.kind === 'live' && !mayBeStale ? knownPresence : () => null;
    mayBeStale = false;
    const [loaded, pbx] = await Promise.all([
      snapshotLoader.load({ updatedDuringList: updated, known: cachedPresence }),
      phase.kind === 'live' ? board.current().pbx : readPbxInfo(),
    ]);
    if (startedIn !== session) return 0;
    updatedDuringList = null;
    if (!loaded.ok) {
      mayBeStale = true;
      if (loaded.code === 'permission-denied' || loaded.code === 'rejected') {
        phase = { kind: 'syncing', buffered: new Map() };
        linkStatus.down('permission-denied');
      }
      return RETRY_MS;
    }
    const { hints } = loaded.value;
    const facts = [loaded.value, ...displayNames.setHints(hints)];
    if (phase.kind === 'syncing') goLive(pbx, [...facts, ...phase.buffered.values()], hints.length);
    else {
      eventDelivery.listReceived(board.current(), loaded.value);
      board.apply(facts);
      if (eventDelivery.receivesNoEvents()) {
        phase = { kind: 'no-events' };
        linkStatus.down('no-events');
      }
    }
    return finish();
  }

  function goLive(pbx: PbxInfo, facts: readonly Fact[], extensions: number): void {
    phase = { kind: 'live' };
    ami.resetBackoff();
    board.reset(pbx, [...facts, linkStatus.live()]);
    log.info({ extensions, version: pbx.version }, 'live');
  }

  function extensionOfProvider(provider: string): Extension | undefined {
    const key = providerKey(provider);
    for (const extension of board.current().extensions.values())
      if (providerKeyOf(extension) === key) return extension;
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
      case 'ignore':
    }
  }

  function handleEvent(event: AmiEvent, translateEvent: typeof translate | typeof translateUntrusted): void {
    if (phase.kind !== 'syncing' && phase.kind !== 'live') return;
    if (event.name === 'DeviceStateChange') {
      const joined = phones.joinedWith(event.fields['device'] ?? '');
      for (const [id, hint] of joined) stateQueries.query(phoneTarget(id, hint));
      return;
    }
    eventDelivery.eventReceived();
    handle(translateEvent(event, filter));
  }

  return {
    isLive: () => phase.kind === 'live',
    onState(state) {
      session = Symbol('session');
      eventDelivery = createEventDeliveryCheck();
      stateQueries.clear();
      resyncTimer.cancel();
      displayNames.invalidate();
      if (state.kind === 'live') {
        phase = { kind: 'syncing', buffered: new Map() };
        linkStatus.down('syncing');
        resyncTimer.runWithin(0);
      } else {
        phase = { kind: 'down' };
        if (state.kind !== 'closed')
          linkStatus.down(state.kind, 'errorCode' in state ? state.errorCode : undefined);
      }
    },
    onEvent: (event) => handleEvent(event, translate),
    onUntrustedEvent: (event) => handleEvent(event, translateUntrusted),
    onResyncNeeded: scheduleResync,
    close: () => resyncTimer.cancel(),
  };
}

/** What every start goes through. */
const TRANSIENT: ReadonlySet<LinkReason> = new Set(['connecting', 'booting', 'syncing']);

/** Tells board and log how the link to Asterisk stands; an outage has been so since it began, whatever its reasons. */
export interface LinkStatusReporter {
  /** `code`: the system's code for the reason. */
  down(reason: LinkReason, code?: string): void;
  /** The fact that the board begins its next epoch with. */
  live(): Fact;
}

function createLinkStatusReporter({
  board,
  clock,
  log,
}: {
  board: Pick<LiveBoard, 'current' | 'apply'>;
  clock: Pick<Clock, 'now'>;
  log: Logger;
}): LinkStatusReporter {
  let link: LinkStatus = board.current().link;

  return {
    down(reason, code) {
      if (link.state === 'down' && link.reason === reason && link.code === code) return;
      link = { state: 'down', since: link.state === 'down' ? link.since : clock.now(), reason, code };
      board.apply([{ kind: 'link', link }]);
      if (TRANSIENT.has(reason)) log.info({ reason }, 'on the way to Asterisk');
      else log.warn({ reason, code }, 'no live link to Asterisk');
    },
    live() {
      link = { state: 'live' };
      return { kind: 'link', link };
    },
  };
}
