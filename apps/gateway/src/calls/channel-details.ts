import type { AmiClient } from '@lampboard/ami';
import { type Channel, type ChannelDetails, deviceOf, isParty } from '@lampboard/model';
import { getvar } from '../asterisk/getvar.ts';
import type { Clock } from '../platform/clock.ts';

/** Reads for one list; the rest waits for the next. */
const MAX_READS = 150;
const NEXT_READS_MS = 250;
/** Reads of who is held: of a few channels at once, of many in turn. */
const HOLD_READS_PER_SECOND = 50;
const MAX_HOLD_READS = 64;
const SECOND_MS = 1000;
/** A creation time differs by less from the duration, which Asterisk reports in whole seconds. */
const MAX_DURATION_ERROR_MS = 2500;

/** Details of one channel, each with the state for which it was read. */
interface KnownChannel {
  readonly createdAt: number;
  /** In this bridge. */
  answer: { readonly bridgeId: string; readonly answeredAt: number | null; readonly isFinal: boolean } | null;
  isHeld: boolean;
  /** `monotonic` time; negative infinity where it was never read. */
  holdReadAt: number;
  isHoldDue: boolean;
  /** When it was in this state. */
  presentation: { readonly of: Channel; readonly isWithheld: boolean } | null;
}

interface DetailsOptions {
  ami: Pick<AmiClient, 'send'>;
  clock: Clock;
  /** True for a device of no entry, whose number may be withheld. */
  isOutside: (device: string) => boolean;
}

interface UpdateOptions {
  /** Milliseconds by which Asterisk's clock is ahead of the gateway's. */
  readonly offsetMs: number;
  /** Somebody may have been held, or not be any more. */
  readonly mayBeHeld: boolean;
}

export interface LoadedDetails {
  /** By Uniqueid; an outside channel is missing until it is known whether its number is withheld. */
  readonly details: ReadonlyMap<string, ChannelDetails>;
  /** Milliseconds until more can be read; null where all is. */
  readonly nextReadMs: number | null;
}

/** Reads what the list of channels lacks, channel by channel (`Getvar`, class `call` or `reporting`). */
export function createChannelDetails({ ami, clock, isOutside }: DetailsOptions) {
  const known = new Map<string, KnownChannel>();
  let holdReads = { left: MAX_HOLD_READS, countedAt: clock.monotonic() };

  function knownOf(channel: Channel, offsetMs: number): KnownChannel {
    const before = known.get(channel.uniqueid);
    if (before !== undefined) return before;
    const created: KnownChannel = {
      createdAt: creationTime(channel, clock.now(), offsetMs),
      answer: null,
      isHeld: false,
      holdReadAt: Number.NEGATIVE_INFINITY,
      isHoldDue: true,
      presentation: null,
    };
    known.set(channel.uniqueid, created);
    return created;
  }

  /** Takes as many as requested of the reads that are left. */
  function takeHoldReads(requested: number): number {
    const now = clock.monotonic();
    const refilled = holdReads.left + ((now - holdReads.countedAt) / SECOND_MS) * HOLD_READS_PER_SECOND;
    const left = Math.min(MAX_HOLD_READS, refilled);
    const taken = Math.min(requested, Math.floor(left));
    holdReads = { left: left - taken, countedAt: now };
    return taken;
  }

  async function readPresentation(channel: Channel, entry: KnownChannel): Promise<void> {
    const value = await getvar(ami, 'CALLERID(pres)', channel.name);
    if (value.ok && value.value !== '')
      entry.presentation = { of: channel, isWithheld: !/^(?:allowed|unavailable)/u.test(value.value) };
  }

  async function readAnswer(channel: Channel, entry: KnownChannel, offsetMs: number): Promise<void> {
    const { bridgeId } = channel;
    const isSecond = entry.answer?.bridgeId === bridgeId;
    const value = await getvar(ami, 'CDR(answer,u)', channel.name);
    if (!value.ok) return;
    const seconds = Number(value.value);
    const answeredAt = seconds > 0 ? Math.round(seconds * SECOND_MS - offsetMs) : null;
    entry.answer = { bridgeId, answeredAt, isFinal: isSecond || answeredAt !== null };
  }

  async function readHold(channel: Channel, entry: KnownChannel): Promise<void> {
    entry.isHoldDue = false;
    entry.holdReadAt = clock.monotonic();
    const value = await getvar(ami, 'CHANNEL(onhold)', channel.name);
    if (value.ok) entry.isHeld = value.value === '1';
  }

  return {
    async update(
      channels: readonly Channel[],
      { offsetMs, mayBeHeld }: UpdateOptions,
    ): Promise<LoadedDetails> {
      const uniqueids = new Set(channels.map(({ uniqueid }) => uniqueid));
      for (const uniqueid of known.keys()) if (!uniqueids.has(uniqueid)) known.delete(uniqueid);
      const parties = channels.filter(isParty).map((channel) => ({
        channel,
        entry: knownOf(channel, offsetMs),
        mayBeWithheld: isOutside(deviceOf(channel)),
      }));
      const reads: (() => Promise<void>)[] = [];
      const unheld: { readonly channel: Channel; readonly entry: KnownChannel }[] = [];
      for (const { channel, entry, mayBeWithheld } of parties) {
        const isBridged = channel.bridgeId !== '';
        if (mayBeWithheld && !isPresentationKnown(channel, entry))
          reads.push(() => readPresentation(channel, entry));
        if (isBridged && !(entry.answer?.bridgeId === channel.bridgeId && entry.answer.isFinal))
          reads.push(() => readAnswer(channel, entry, offsetMs));
        if (!isBridged) entry.isHeld = false;
        entry.isHoldDue = isBridged && (entry.isHoldDue || mayBeHeld);
        if (entry.isHoldDue) unheld.push({ channel, entry });
      }
      const oldestFirst = unheld.toSorted((a, b) => a.entry.holdReadAt - b.entry.holdReadAt);
      const holds = oldestFirst.slice(0, takeHoldReads(oldestFirst.length));
      await Promise.all([
        ...reads.slice(0, MAX_READS).map((read) => read()),
        ...holds.map(({ channel, entry }) => readHold(channel, entry)),
      ]);
      const details = new Map<string, ChannelDetails>();
      for (const { channel, entry, mayBeWithheld } of parties) {
        if (mayBeWithheld && !isPresentationKnown(channel, entry)) continue;
        const { createdAt, answer, isHeld, presentation } = entry;
        const answeredAt = answer?.bridgeId === channel.bridgeId ? answer.answeredAt : null;
        const isWithheld = mayBeWithheld && presentation?.isWithheld === true;
        details.set(channel.uniqueid, { createdAt, answeredAt, isHeld, isWithheld });
      }
      const nextHoldMs = holds.length < unheld.length ? SECOND_MS : null;
      return { details, nextReadMs: reads.length > MAX_READS ? NEXT_READS_MS : nextHoldMs };
    },
    clear: () => known.clear(),
  };
}

/** The dialplan may withhold a number at any step: whatever changes, Asterisk is asked again. */
function isPresentationKnown(channel: Channel, { presentation }: KnownChannel): boolean {
  if (presentation === null) return false;
  const { of: before } = presentation;
  return (
    before.state === channel.state &&
    before.application === channel.application &&
    before.bridgeId === channel.bridgeId &&
    before.callerNumber === channel.callerNumber &&
    before.connectedNumber === channel.connectedNumber
  );
}

/** A Uniqueid begins with the time of its creation, unless the creator of the channel chose it. */
function creationTime({ uniqueid, duration }: Channel, now: number, offsetMs: number): number {
  const byDuration = now - duration * SECOND_MS;
  const seconds = Number(/(\d+)\.\d+$/u.exec(uniqueid)?.[1] ?? 0);
  const byUniqueid = seconds * SECOND_MS - offsetMs;
  return Math.abs(byUniqueid - byDuration) < MAX_DURATION_ERROR_MS ? byUniqueid : byDuration;
}
