import type { AmiClient } from '@lampboard/ami';
import type { Channel } from '@lampboard/model';
import { getvar } from '../asterisk/getvar.ts';
import type { Clock } from '../platform/clock.ts';

/** Reads of a few lines at once, of many in turn. */
const READS_PER_SECOND = 50;
const MAX_READS = 64;
const SECOND_MS = 1000;
/** Asterisk may hold a line a moment after its bridge has changed. */
const SETTLE_MS = 1000;
/** Channels that are remembered between two lists: callers may forge events. */
const MAX_SIGNALLED = 64;

/** A line of a bridge. */
interface BridgedLine {
  readonly channel: Channel;
  readonly isHeld: boolean;
  /** The lines of its bridge. */
  readonly members: string;
  /** An event names a channel of its bridge. */
  readonly isSignalled: boolean;
  /** `monotonic` times; negative infinity where it was never read. */
  readonly changedAt: number;
  readonly readAt: number;
}

interface HeldLinesOptions {
  ami: Pick<AmiClient, 'send'>;
  clock: Pick<Clock, 'monotonic'>;
}

/** Reads who is held, line by line (`Getvar`, class `call` or `reporting`), where a signal or another bridge calls for it. */
export function createHeldLines({ ami, clock }: HeldLinesOptions) {
  /** By Uniqueid. */
  let known: ReadonlyMap<string, BridgedLine> = new Map();
  /** Names of channels as events have them. */
  let signalled = new Set<string>();
  let reads = { left: MAX_READS, countedAt: clock.monotonic() };

  /** Takes as many as requested of the reads that are left. */
  function takeReads(requested: number): number {
    const now = clock.monotonic();
    const refilled = reads.left + ((now - reads.countedAt) / SECOND_MS) * READS_PER_SECOND;
    const left = Math.min(MAX_READS, refilled);
    const taken = Math.min(requested, Math.floor(left));
    reads = { left: left - taken, countedAt: now };
    return taken;
  }

  async function read(line: BridgedLine): Promise<BridgedLine> {
    const readAt = clock.monotonic();
    const value = await getvar(ami, 'CHANNEL(onhold)', line.channel.name);
    return value.ok ? { ...line, readAt, isHeld: value.value === '1', isSignalled: false } : line;
  }

  /** Returns the bridges of the signalled channels; null where one of these is in none, so that any line may be meant. */
  function takeSignalledBridges(bridged: readonly Channel[]): ReadonlySet<string> | null {
    const names = signalled;
    signalled = new Set();
    const bridges = bridged.filter(({ name }) => names.has(name)).map(({ bridgeId }) => bridgeId);
    return bridges.length < names.size ? null : new Set(bridges);
  }

  /** Returns all lines, with those as changed that may be held now, or not be any more. */
  function linesOf(bridged: readonly Channel[], isPolled: boolean): BridgedLine[] {
    const now = clock.monotonic();
    const bridges = takeSignalledBridges(bridged);
    const membersOf = new Map<string, string>();
    for (const { bridgeId, uniqueid } of bridged)
      membersOf.set(bridgeId, `${membersOf.get(bridgeId) ?? ''} ${uniqueid}`);
    return bridged.map((channel) => {
      const before = known.get(channel.uniqueid);
      const members = membersOf.get(channel.bridgeId) ?? '';
      const isSignalled = bridges?.has(channel.bridgeId) ?? false;
      const isChanged = isSignalled || isPolled || bridges === null || before?.members !== members;
      return {
        channel,
        members,
        isHeld: before?.isHeld ?? false,
        isSignalled: isSignalled || (before?.isSignalled ?? false),
        changedAt: isChanged ? now : (before?.changedAt ?? now),
        readAt: before?.readAt ?? Number.NEGATIVE_INFINITY,
      };
    });
  }

  /** It is read at once after a change, and again when the bridge has settled. */
  function isDue({ changedAt, readAt }: BridgedLine): boolean {
    const settledAt = changedAt + SETTLE_MS;
    return readAt < changedAt || (readAt < settledAt && clock.monotonic() >= settledAt);
  }

  return {
    /** Takes an event of a hold, or of its end, which may be forged: it only decides what is read. */
    onSignal(channelName: string) {
      if (signalled.size < MAX_SIGNALLED) signalled.add(channelName);
    },
    isHeld: ({ uniqueid }: Channel) => known.get(uniqueid)?.isHeld === true,
    /** Resolves to whether no line is to be read again; `isPolled`: no event arrives. */
    async read(channels: readonly Channel[], isPolled: boolean): Promise<boolean> {
      const before = known;
      const bridged = channels.filter(({ bridgeId }) => bridgeId !== '');
      const lines = linesOf(bridged, isPolled).toSorted(
        (a, b) => Number(b.isSignalled) - Number(a.isSignalled) || a.readAt - b.readAt,
      );
      const due = lines.filter(isDue);
      // In turn also those that nothing calls for.
      const chosen = due.length > 0 ? due : lines.slice(0, 1);
      const current = await Promise.all(chosen.slice(0, takeReads(chosen.length)).map(read));
      // The session may have ended meanwhile.
      if (known === before)
        known = new Map([...lines, ...current].map((line) => [line.channel.uniqueid, line]));
      return [...known.values()].every(({ changedAt, readAt }) => readAt >= changedAt + SETTLE_MS);
    },
    /** Forgets what an earlier session has read. */
    clear() {
      known = new Map();
      signalled = new Set();
    },
  };
}
