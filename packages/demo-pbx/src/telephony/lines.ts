import type { Clock } from '../pbx/clock.ts';
import { fromBytes, toBytes } from '../pbx/bytes.ts';
import type { Bridges } from './bridges.ts';
import { type CallControl, CAUSES } from './call-control.ts';
import type { CallEvent } from './call-event.ts';
import { type CallerId, type Channel, peerOf } from './channel.ts';
import type { Channels } from './channels.ts';
import type { ParkingLot } from './parking-lot.ts';

/** chan_pjsip truncates numbers, names and dialled extensions. */
const MAX_SIP_TEXT_BYTES = 79;
/** The parker hears the slot. */
const SLOT_ANNOUNCEMENT_MS = 2600;
const CONTEXT = 'default';

interface LinesOptions {
  clock: Clock;
  channels: Channels;
  bridges: Bridges;
  control: CallControl;
  parkingLot: ParkingLot;
  parkingExten: string;
  emit: (event: CallEvent) => void;
}

/** One call of a telephone, or of an outside caller. Nothing happens where its state does not allow it. */
export interface Line {
  /** Name of the channel. */
  readonly channel: string;
  /** The PJSIP endpoint, such as `1101`. */
  readonly endpoint: string;
  isUp(): boolean;
  isRinging(): boolean;
  /** In a call with one other party. */
  isTalking(): boolean;
  isHolding(): boolean;
  /** The slot where it is parked. */
  slot(): string | undefined;
  isOver(): boolean;
  /** The application that it runs, such as `Queue`. */
  application(): string;
  /** The lines that ring for this call. */
  ringing(): Line[];
  answer(): void;
  reject(): void;
  /** Sends the ringing call elsewhere, as a phone with a forward does. */
  redirect(exten: string): void;
  hold(): void;
  resume(): void;
  hangUp(): void;
  press(digit: string): void;
  park(): void;
  /** A blind transfer of the other party; where the extension does not exist, the party is cut off. */
  transfer(exten: string): void;
  /** Completes an attended transfer: the other party of this line talks with that of `consultation`. */
  connectWith(consultation: Line): void;
}

export interface OutgoingCall {
  device: string;
  caller: CallerId;
  exten: string;
  withheld?: boolean;
}

export const sipText = (text: string): string => toBytes(text).slice(0, MAX_SIP_TEXT_BYTES);

/** Acts for the people at the lines. */
export function createLines(options: LinesOptions) {
  const { clock, channels, bridges, control, parkingLot, parkingExten, emit } = options;

  function hangUp(channel: Channel, cause: number): void {
    if (channel.hungUp) return;
    emit({ event: 'HangupRequest', channel, cause });
    control.hangUp(channel, cause);
  }

  /** Takes the other party out of the call, which a transfer sends elsewhere. */
  function takePeer(channel: Channel): Channel | undefined {
    const peer = peerOf(channel);
    if (!peer) return undefined;
    bridges.resume(channel);
    bridges.leave(peer);
    return peer;
  }

  function park(channel: Channel): void {
    const peer = takePeer(channel);
    if (!peer) return;
    if (parkingLot.park(peer, channel.device) === undefined) control.hangUp(peer);
    clock.after(SLOT_ANNOUNCEMENT_MS, () => control.hangUp(channel));
  }

  function line(channel: Channel): Line {
    return {
      channel: fromBytes(channel.name),
      endpoint: fromBytes(channel.device.slice(channel.device.indexOf('/') + 1)),
      isUp: () => !channel.hungUp && channel.state === 'Up',
      isRinging: () => channel.offer !== undefined,
      isTalking: () => peerOf(channel) !== undefined,
      isHolding: () => channel.holds !== undefined,
      slot: () => parkingLot.slotOf(channel),
      isOver: () => channel.hungUp,
      application: () => fromBytes(channel.application),
      ringing: () =>
        channels
          .all()
          .filter(({ offer, twin, linkedid }) => offer && !twin && linkedid === channel.linkedid)
          .map(line),
      answer: () => channel.offer?.answer(),
      reject() {
        if (channel.offer) hangUp(channel, CAUSES.BUSY);
      },
      redirect: (exten) => channel.offer?.redirect(sipText(exten)),
      hold: () => bridges.hold(channel),
      resume: () => bridges.resume(channel),
      hangUp: () => hangUp(channel, channel.state === 'Up' ? CAUSES.ANSWER : CAUSES.CANCEL),
      press: (digit) => channel.onDigit(toBytes(digit)),
      park: () => park(channel),
      transfer(exten) {
        if (exten === parkingExten) return park(channel);
        const peer = takePeer(channel);
        if (!peer) return;
        control.hangUp(channel);
        channels.restartRecord(peer);
        control.execute(peer, sipText(exten), CONTEXT);
      },
      connectWith(consultation) {
        const second = channels.find(toBytes(consultation.channel));
        const target = second && peerOf(second);
        if (!second?.bridge || !target || [second, target].includes(channel)) return;
        const party = takePeer(channel);
        if (!party) return;
        const { caller } = target;
        bridges.resume(second);
        channels.restartRecord(party);
        bridges.enter(second.bridge, party, second);
        channels.setConnected(target, party.caller);
        channels.setConnected(party, caller);
        control.hangUp(channel);
        control.hangUp(second);
      },
    };
  }

  return {
    line,
    /** Calls an extension of the dialplan. Throws where it does not exist. */
    call({ device, caller, exten, withheld = false }: OutgoingCall): Channel {
      const dialled = sipText(exten);
      if (!control.hasExtension(dialled, CONTEXT)) throw new Error(`no extension ${exten}`);
      const ring = { device, state: 'Ring', context: CONTEXT } as const;
      const channel = channels.create({ ...ring, caller, exten: dialled, withheld });
      control.execute(channel, dialled, CONTEXT);
      return channel;
    },
  };
}
