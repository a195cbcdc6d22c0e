import { randomBytes } from 'node:crypto';
import {
  type Attribution,
  type AttributionLookup,
  type Board,
  type Fact,
  type FullList,
  type MutableBoard,
  SET_ON_PHONE,
  commitChanges,
  findByNumbers,
  listedPresence,
  numbersOf,
  parseHint,
  providerKey,
  reduce,
  toSnapshot,
} from '@lampboard/model';
import {
  type Change,
  type Extension,
  type Delta,
  type LinkStatus,
  type Pbx,
  type Snapshot,
  extensionId,
  isOfPbx,
  samePresence,
} from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import { type LastKnown, NOTHING_KNOWN } from './leadership.ts';

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

/** `board` is the board after the change. A delta changes its tables in place, a snapshot replaces them. */
export interface BoardListener {
  readonly onDelta: (delta: Delta, board: Board) => void;
  readonly onSnapshot: (snapshot: Snapshot, board: Board) => void;
}

/** Properties of a PBX that are known before the connection. */
export type PbxInfo = Omit<Pbx, 'version' | 'link'>;

export type LiveBoard = ReturnType<typeof createLiveBoard>;

/** The board from which all clients are served. */
export function createLiveBoard({
  pbxs,
  clock,
  findAttribution = () => null,
  onSent = () => {},
  lastKnown = NOTHING_KNOWN,
}: {
  pbxs: readonly PbxInfo[];
  clock: Clock;
  findAttribution?: AttributionLookup;
  /** Reports a sent delta: the number of its changes, and its latency since the first fact. */
  onSent?: (changes: number, ms: number) => void;
  lastKnown?: LastKnown;
}) {
  const listeners: BoardListener[] = [];
  const link: LinkStatus = { state: 'down', since: clock.now(), reason: 'connecting' };
  let board: MutableBoard = {
    epoch: createEpoch(),
    seq: 0,
    pbxs: new Map(pbxs.map((pbx) => [pbx.id, { ...pbx, version: null, link }])),
    extensions: new Map(lastKnown.extensions),
    calls: new Map(lastKnown.calls),
  };
  let pending = new Map<string, Fact[]>();
  let scheduled = false;
  const scheduler = createFrameScheduler({ monotonic: clock.monotonic });
  let firstFactAt = 0;

  function flush(): void {
    scheduled = false;
    const startedAt = clock.monotonic();
    const changes = [...pending].flatMap(([pbxId, facts]) => reduceAttributed(board, pbxId, facts));
    pending = new Map();
    if (changes.length === 0) return;
    board = commitChanges(board, changes);
    const delta = { epoch: board.epoch, seq: board.seq, changes };
    for (const { onDelta } of listeners) onDelta(delta, board);
    const sentAt = clock.monotonic();
    scheduler.sent(sentAt - startedAt);
    onSent(changes.length, sentAt - firstFactAt);
  }

  function reduceAttributed(current: Board, pbxId: string, facts: readonly Fact[]): Change[] {
    const context = { pbxId, extensions: current.extensions, findAttribution };
    return reduce(current, pbxId, attributeFacts(facts, context), clock.now());
  }

  function snapshot(): Snapshot {
    return toSnapshot(board, clock.now());
  }

  return {
    current: (): Board => board,
    snapshot,
    /** Queues facts about a PBX; their changes are sent in one delta, at once or with the next one. */
    apply(pbxId: string, facts: readonly Fact[]) {
      const queued = pending.get(pbxId);
      if (queued === undefined) pending.set(pbxId, [...facts]);
      else queued.push(...facts);
      if (scheduled) return;
      scheduled = true;
      firstFactAt = clock.monotonic();
      const wait = scheduler.wait();
      if (wait > 0) setTimeout(flush, wait);
      else setImmediate(flush);
    },
    /** Begins a new epoch, in which the PBX is what these facts say, and sends it as a snapshot. Its calls stay. */
    reset(pbx: Pbx, facts: readonly Fact[]) {
      const ofCalls = (pending.get(pbx.id) ?? []).filter(
        ({ kind }) => kind === 'calls' || kind === 'calls-link',
      );
      pending.delete(pbx.id);
      const callsLink = board.pbxs.get(pbx.id)?.callsLink;
      const { extensions: before } = board;
      const others = [...before].filter(([id]) => !isOfPbx(id, pbx.id));
      const empty = {
        epoch: createEpoch(),
        seq: 0,
        pbxs: new Map(board.pbxs).set(pbx.id, { ...pbx, ...(callsLink && { callsLink }) }),
        extensions: new Map(others),
        calls: new Map(board.calls),
      };
      const fresh = commitChanges(empty, reduceAttributed(empty, pbx.id, [...facts, ...ofCalls]));
      board = { ...fresh, seq: 0, extensions: carryOverSince(fresh.extensions, before) };
      const initial = snapshot();
      for (const { onSnapshot } of listeners) onSnapshot(initial, board);
    },
    /** The latest listener is called first: clients do not wait for the records of this process. */
    subscribe: (listener: BoardListener) => void listeners.unshift(listener),
  };
}

/** Short, since every delta carries it. */
export const createEpoch = () => randomBytes(9).toString('base64url');

interface AttributionContext {
  readonly pbxId: string;
  readonly extensions: Board['extensions'];
  readonly findAttribution: AttributionLookup;
}

/** Adds to each presence the edit that set it through Lampboard, in the order of the facts. */
function attributeFacts(facts: readonly Fact[], context: AttributionContext): Fact[] {
  return facts.map((fact) => {
    if (fact.kind === 'presence')
      return { ...fact, attribution: context.findAttribution(context.pbxId, fact.provider, fact.presence) };
    if (fact.kind === 'full-list') return { ...fact, attributions: attributeList(fact, context) };
    return fact;
  });
}

/** Skips presences of known extensions with a newer event: the older listed presence would end the newer edit. */
function attributeList(
  list: FullList,
  { pbxId, extensions, findAttribution }: AttributionContext,
): Map<string, Attribution> {
  const attributions = new Map<string, Attribution>();
  for (const entry of list.entries) {
    const { provider } = parseHint(entry.hint);
    const presence = provider === null ? null : listedPresence(list, provider);
    if (provider === null || presence === null) continue;
    const isKnown = [entry, ...(entry.aliases ?? [])].some(
      ({ exten, context }) => extensions.get(extensionId(exten, context, pbxId))?.provider === provider,
    );
    if (isKnown && list.updatedDuringList.has(providerKey(provider))) continue;
    const attribution = findAttribution(pbxId, provider, presence);
    if (attribution !== null) attributions.set(provider, attribution);
  }
  return attributions;
}

/** Keeps time and actor of presences that an outage left unchanged; a changed one without an actor was set on a phone. */
function carryOverSince(fresh: Board['extensions'], before: Board['extensions']): Map<string, Extension> {
  const findBefore = findByNumbers(before.values());
  const extensions = [...fresh.values()].map((extension) => {
    const previous = before.get(extension.id) ?? findBefore(numbersOf(extension), extension.provider);
    if (previous === undefined) return extension;
    if (!samePresence(previous.presence, extension.presence))
      return { ...extension, presenceSetBy: extension.presenceSetBy ?? SET_ON_PHONE };
    return { ...extension, presenceSetAt: previous.presenceSetAt, presenceSetBy: previous.presenceSetBy };
  });
  return new Map(extensions.map((extension) => [extension.id, extension]));
}
