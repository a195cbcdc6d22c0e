import type { AmiClient } from '@lampboard/ami';
import { type Channel, type ChannelDetails, deviceOf, isParty } from '@lampboard/model';
import { getvar } from '../asterisk/getvar.ts';
import type { Clock } from '../platform/clock.ts';

/** Reads for one list; the rest waits for the next. */
const MAX_READS = 150;
/** Reads of who is held: of a few channels at once, of many in turn. */
const HOLD_READS_PER_SECOND = 100;
const MAX_HOLD_READS = 64;
const SECOND_MS = 1000;
/** A creation time differs by less from the duration that Asterisk tells in whole seconds. */
const MAX_DURATION_ERROR_MS = 2500;

/** What is known of one channel, with what it was read for. */
interface KnownChannel {
  readonly createdAt: number;
  /** In this bridge. */
  answer: { readonly bridgeId: string; readonly answeredAt: number | null; readonly isFinal: boolean } | null;
  isHeld: boolean;
  /** `monotonic` time; negative infinity where it was never read. */
  holdReadAt: number;
  isHoldDue: boolean;
  presentation: { readonly key: string; readonly isWithheld: boolean } | null;
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
  /** Some reads are still to be made. */
  readonly isIncomplete: boolean;
}

/** Reads what the list of channels does not tell, channel by channel (`Getvar`, class `call` or `reporting`). */
export function createChannelDetails({ ami, clock, isOutside }: DetailsOptions) {
  const known = new Map<string, KnownChannel>();
  let holdReads = { left: MAX_HOLD_READS, countedAt: clock.monotonic() };

  function knownOf(channel: Channel, offsetMs: number): KnownChannel {
    const before = known.get(channel.uniqueid);
    if (before !== undefined) return before;
    const created: KnownChannel = {
      createdAt: createdAt(channel, clock.now(), offsetMs),
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

  async function readPresentation(channel: Channel, entry: KnownChannel, key: string): Promise<void> {
    const value = await getvar(ami, 'CALLERID(pres)', channel.name);
    if (value.ok && value.value !== '')
      entry.presentation = { key, isWithheld: !/^(?:allowed|unavailable)/u.test(value.value) };
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
      const reads: (() => Promise<void>)[] = [];
      const unheld: { readonly channel: Channel; readonly entry: KnownChannel }[] = [];
      const detailsOf = new Map<string, () => ChannelDetails | null>();
      for (const channel of channels.filter(isParty)) {
        const entry = knownOf(channel, offsetMs);
        const isBridged = channel.bridgeId !== '';
        const key = isOutside(deviceOf(channel)) ? presentationKey(channel) : null;
        if (key !== null && entry.presentation?.key !== key)
          reads.push(() => readPresentation(channel, entry, key));
        if (isBridged && !(entry.answer?.bridgeId === channel.bridgeId && entry.answer.isFinal))
          reads.push(() => readAnswer(channel, entry, offsetMs));
        if (!isBridged) entry.isHeld = false;
        entry.isHoldDue = isBridged && (entry.isHoldDue || mayBeHeld);
        if (entry.isHoldDue) unheld.push({ channel, entry });
        detailsOf.set(channel.uniqueid, () => {
          if (key !== null && entry.presentation?.key !== key) return null;
          const answeredAt = entry.answer?.bridgeId === channel.bridgeId ? entry.answer.answeredAt : null;
          const isWithheld = key !== null && entry.presentation?.isWithheld === true;
          return { createdAt: entry.createdAt, answeredAt, isHeld: entry.isHeld, isWithheld };
        });
      }
      const oldestFirst = unheld.toSorted((a, b) => a.entry.holdReadAt - b.entry.holdReadAt);
      const holds = oldestFirst.slice(0, takeHoldReads(oldestFirst.length));
      await Promise.all([
        ...reads.slice(0, MAX_READS).map((read) => read()),
        ...holds.map(({ channel, entry }) => readHold(channel, entry)),
      ]);
      const read = [...detailsOf].flatMap(([uniqueid, of]) => {
        const details = of();
        return details === null ? [] : [[uniqueid, details] as const];
      });
      return {
        details: new Map(read),
        isIncomplete: reads.length > MAX_READS || holds.length < unheld.length,
      };
    },
    clear: () => known.clear(),
  };
}

/** The dialplan may withhold a number at any step: whatever changes, the answer is asked again. */
const presentationKey = ({ state, application, callerNumber, connectedNumber, bridgeId }: Channel) =>
  JSON.stringify([state, application, callerNumber, connectedNumber, bridgeId]);

/** A Uniqueid begins with the time of its creation, unless it was chosen by whoever created the channel. */
function createdAt({ uniqueid, duration }: Channel, now: number, offsetMs: number): number {
  const byDuration = now - duration * SECOND_MS;
  const seconds = Number(/(\d+)\.\d+$/u.exec(uniqueid)?.[1] ?? 0);
  const byUniqueid = seconds * SECOND_MS - offsetMs;
  return Math.abs(byUniqueid - byDuration) < MAX_DURATION_ERROR_MS ? byUniqueid : byDuration;
}
