import type { AmiClient } from '@lampboard/ami';
import { type Channel, type ChannelDetails, deviceOf, isParty } from '@lampboard/model';
import { getvar } from '../asterisk/getvar.ts';
import type { Clock } from '../platform/clock.ts';
import { createHeldLines } from './held-lines.ts';

/** Reads for one list; the rest waits for the next. */
const MAX_READS = 150;
const NEXT_READS_MS = 250;
const SECOND_MS = 1000;
/** A creation time differs by less from the duration, which Asterisk reports in whole seconds. */
const MAX_DURATION_ERROR_MS = 2500;

/** Details of one channel, each with the state for which it was read. */
interface KnownChannel {
  readonly createdAt: number;
  /** In this bridge. */
  answer: { readonly bridgeId: string; readonly answeredAt: number | null; readonly isFinal: boolean } | null;
  /** When it was in this state. */
  presentation: { readonly of: Channel; readonly isWithheld: boolean } | null;
}

interface DetailsOptions {
  ami: Pick<AmiClient, 'send'>;
  clock: Clock;
  /** True for a device of no entry, whose number may be withheld. */
  isOutside: (device: string) => boolean;
}

interface ReadOptions {
  /** Milliseconds by which Asterisk's clock is ahead of the gateway's. */
  readonly offsetMs: number;
  /** No event arrives. */
  readonly isPolled: boolean;
}

/** Reads what the list of channels lacks, channel by channel (`Getvar`, class `call` or `reporting`). */
export function createChannelDetails({ ami, clock, isOutside }: DetailsOptions) {
  const known = new Map<string, KnownChannel>();
  const heldLines = createHeldLines({ ami, clock });

  function knownOf(channel: Channel, offsetMs: number): KnownChannel {
    const before = known.get(channel.uniqueid);
    if (before !== undefined) return before;
    const created: KnownChannel = {
      createdAt: creationTime(channel, clock.now(), offsetMs),
      answer: null,
      presentation: null,
    };
    known.set(channel.uniqueid, created);
    return created;
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

  const linesOf = (channels: readonly Channel[], offsetMs: number) =>
    channels.filter(isParty).map((channel) => ({
      channel,
      entry: knownOf(channel, offsetMs),
      mayBeWithheld: isOutside(deviceOf(channel)),
    }));

  return {
    /** Resolves to the milliseconds until more can be read; null where all is. */
    async read(channels: readonly Channel[], { offsetMs, isPolled }: ReadOptions): Promise<number | null> {
      const uniqueids = new Set(channels.map(({ uniqueid }) => uniqueid));
      for (const uniqueid of known.keys()) if (!uniqueids.has(uniqueid)) known.delete(uniqueid);
      const lines = linesOf(channels, offsetMs);
      const reads: (() => Promise<void>)[] = [];
      for (const { channel, entry, mayBeWithheld } of lines) {
        const isBridged = channel.bridgeId !== '';
        if (mayBeWithheld && !isPresentationKnown(channel, entry))
          reads.push(() => readPresentation(channel, entry));
        if (isBridged && !(entry.answer?.bridgeId === channel.bridgeId && entry.answer.isFinal))
          reads.push(() => readAnswer(channel, entry, offsetMs));
      }
      const parties = lines.map(({ channel }) => channel);
      const [isSettled] = await Promise.all([
        heldLines.read(parties, isPolled),
        ...reads.slice(0, MAX_READS).map((read) => read()),
      ]);
      if (reads.length > MAX_READS) return NEXT_READS_MS;
      return isSettled ? null : SECOND_MS;
    },
    /** Returns what is known, by Uniqueid; an outside channel is missing until it is known whether its number is withheld. */
    detailsOf(channels: readonly Channel[], offsetMs: number): ReadonlyMap<string, ChannelDetails> {
      const details = new Map<string, ChannelDetails>();
      for (const { channel, entry, mayBeWithheld } of linesOf(channels, offsetMs)) {
        const { createdAt, answer, presentation } = entry;
        // Until it is read again, what was read of the same number holds.
        if (mayBeWithheld && presentation?.of.callerNumber !== channel.callerNumber) continue;
        details.set(channel.uniqueid, {
          createdAt,
          answeredAt: answer?.bridgeId === channel.bridgeId ? answer.answeredAt : null,
          isHeld: channel.bridgeId !== '' && heldLines.isHeld(channel),
          isWithheld: mayBeWithheld && presentation?.isWithheld === true,
        });
      }
      return details;
    },
    onHoldSignal: heldLines.onSignal,
    /** Forgets what an earlier session has read. */
    clear() {
      known.clear();
      heldLines.clear();
    },
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
