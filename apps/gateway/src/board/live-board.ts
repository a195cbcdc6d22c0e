import { randomUUID } from 'node:crypto';
import {
  type Attribution,
  type AttributionLookup,
  type Board,
  type Fact,
  type FullList,
  type MutableBoard,
  SET_ON_PHONE,
  commitChanges,
  extensionId,
  listedPresence,
  parseHint,
  providerKey,
  reduce,
  toSnapshot,
} from '@lampboard/model';
import {
  type Extension,
  type Delta,
  type LinkStatus,
  type PbxInfo,
  type Snapshot,
  samePresence,
} from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';

/** Average minimum between two deltas; after a pause up to `MAX_BURST` follow without delay. */
const FRAME_INTERVAL_MS = 8;
const MAX_BURST = 4;
/** Share of the time that sending deltas may take: the more clients, the fewer deltas. */
const MAX_DUTY_CYCLE = 0.5;
/** Limits the delay after a delta during which the process stalled. */
const MAX_INTERVAL_MS = 100;

/** Schedules deltas: at once while changes are rare, batched while they are frequent. */
export function createFrameScheduler({ monotonic }: { monotonic: () => number }) {
  let usedUntil = Number.NEGATIVE_INFINITY;
  let burst = 0;

  return {
    /** Returns the milliseconds until the next delta may be sent. */
    wait: () => Math.max(0, usedUntil - burst - monotonic()),
    /** Records a delta that took so many milliseconds to send. */
    sent(tookMs: number) {
      const interval = Math.min(Math.max(FRAME_INTERVAL_MS, tookMs / MAX_DUTY_CYCLE), MAX_INTERVAL_MS);
      usedUntil = Math.max(usedUntil, monotonic()) + interval;
      burst = MAX_BURST * FRAME_INTERVAL_MS;
    },
  };
}

export interface BoardListener {
  readonly onDelta: (delta: Delta) => void;
  readonly onSnapshot: (snapshot: Snapshot) => void;
}

export interface LiveBoard {
  current(): Board;
  snapshot(): Snapshot;
  /** Queues facts; their changes are sent in one delta, at once or with the next one. */
  apply(facts: readonly Fact[]): void;
  /** Begins a new epoch with these facts alone, and sends it as a snapshot. */
  reset(pbx: PbxInfo, facts: readonly Fact[]): void;
  subscribe(listener: BoardListener): void;
}

/** The board of one PBX, from which all clients are served. */
export function createLiveBoard({
  pbx,
  clock,
  findAttribution = () => null,
  onSent = () => {},
  lastKnown = new Map<string, Extension>(),
}: {
  pbx: PbxInfo;
  clock: Clock;
  findAttribution?: AttributionLookup;
  /** Reports a sent delta: the number of its changes, and its latency since the first fact. */
  onSent?: (changes: number, ms: number) => void;
  /** Extensions as the previous leader last published them. */
  lastKnown?: Board['extensions'];
}): LiveBoard {
  const listeners: BoardListener[] = [];
  const link: LinkStatus = { state: 'down', since: clock.now(), reason: 'connecting' };
  let board: MutableBoard = { epoch: randomUUID(), seq: 0, pbx, link, extensions: new Map(lastKnown) };
  let pending: Fact[] = [];
  let scheduled = false;
  const scheduler = createFrameScheduler({ monotonic: clock.monotonic });
  let firstFactAt = 0;

  function flush(): void {
    scheduled = false;
    const startedAt = clock.monotonic();
    const facts = attributeFacts(pending, board.extensions, findAttribution);
    pending = [];
    const changes = reduce(board, facts, clock.now());
    if (changes.length === 0) return;
    board = commitChanges(board, changes);
    const delta = { epoch: board.epoch, seq: board.seq, changes };
    for (const { onDelta } of listeners) onDelta(delta);
    const sentAt = clock.monotonic();
    scheduler.sent(sentAt - startedAt);
    onSent(changes.length, sentAt - firstFactAt);
  }

  function snapshot(): Snapshot {
    return toSnapshot(board, clock.now());
  }

  return {
    current: () => board,
    snapshot,
    apply(facts) {
      pending.push(...facts);
      if (scheduled) return;
      scheduled = true;
      firstFactAt = clock.monotonic();
      const wait = scheduler.wait();
      if (wait > 0) setTimeout(flush, wait);
      else setImmediate(flush);
    },
    reset(pbx, facts) {
      pending = [];
      const empty = {
        epoch: randomUUID(),
        seq: 0,
        pbx,
        link: board.link,
        extensions: new Map<string, Extension>(),
      };
      const attributed = attributeFacts(facts, empty.extensions, findAttribution);
      const fresh = commitChanges(empty, reduce(empty, attributed, clock.now()));
      board = { ...fresh, extensions: carryOverSince(fresh.extensions, board.extensions) };
      const initial = snapshot();
      for (const { onSnapshot } of listeners) onSnapshot(initial);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}

/** Adds to each presence the edit that set it through Lampboard, in the order of the facts. */
function attributeFacts(
  facts: readonly Fact[],
  extensions: Board['extensions'],
  findAttribution: AttributionLookup,
): Fact[] {
  return facts.map((fact) => {
    if (fact.kind === 'presence')
      return { ...fact, attribution: findAttribution(fact.provider, fact.presence) };
    if (fact.kind === 'full-list')
      return { ...fact, attributions: attributeList(fact, extensions, findAttribution) };
    return fact;
  });
}

/** Skips presences of known extensions with a newer event: the older listed presence would end the newer edit. */
function attributeList(
  list: FullList,
  extensions: Board['extensions'],
  findAttribution: AttributionLookup,
): Map<string, Attribution> {
  const attributions = new Map<string, Attribution>();
  for (const { exten, context, hint } of list.hints) {
    const { provider } = parseHint(hint);
    const presence = provider === null ? null : listedPresence(list, provider);
    if (provider === null || presence === null) continue;
    const isKnown = extensions.get(extensionId(exten, context))?.provider === provider;
    if (isKnown && list.updatedDuringList.has(providerKey(provider))) continue;
    const attribution = findAttribution(provider, presence);
    if (attribution !== null) attributions.set(provider, attribution);
  }
  return attributions;
}

/** Keeps time and actor of presences that an outage left unchanged; a changed one without an actor was set on a phone. */
function carryOverSince(fresh: Board['extensions'], before: Board['extensions']): Map<string, Extension> {
  const extensions = [...fresh.values()].map((extension) => {
    const previous = before.get(extension.id);
    if (previous === undefined) return extension;
    if (!samePresence(previous.presence, extension.presence))
      return { ...extension, presenceSetBy: extension.presenceSetBy ?? SET_ON_PHONE };
    return { ...extension, presenceSetAt: previous.presenceSetAt, presenceSetBy: previous.presenceSetBy };
  });
  return new Map(extensions.map((extension) => [extension.id, extension]));
}
