import type { DeviceState } from '../pbx/device-state.ts';
import type { Step } from './dialplan.ts';

export const CHANNEL_STATES = { Down: 0, Ring: 4, Ringing: 5, Up: 6, Busy: 7 } as const;

export type ChannelState = keyof typeof CHANNEL_STATES;

/** Text is bytes, as the caller sent it; '' is unknown. */
export interface CallerId {
  readonly number: string;
  readonly name: string;
}

export const UNKNOWN_CALLER: CallerId = { number: '', name: '' };

/** `basic` ends with its second to last channel; all parked calls share one `parking`, where they do not hear each other. */
export interface Bridge {
  readonly id: string;
  readonly kind: 'basic' | 'parking' | 'conference';
  readonly name: string;
  readonly channels: Set<Channel>;
}

/** A leg that rings. */
export interface Offer {
  ring(): void;
  /** Connects the caller with the leg, or with a channel that picks the call up. */
  answer(pickedUpBy?: Channel): void;
  /** Passes on who is reached through a wire. */
  identify(called: CallerId): void;
  /** The phone sends the call elsewhere (302): a Local rings in place of the leg. */
  redirect(exten: string): void;
  /** The leg ends unanswered. */
  end(cause: number): void;
}

export type DialStatus = 'ANSWER' | 'BUSY' | 'NOANSWER' | 'CANCEL' | 'CHANUNAVAIL';

/** A channel, named `PJSIP/1101-0000001a`; the ends of a Local are a wire, named `Local/1101@default-0000001a;1` and `;2`. */
export interface Channel {
  readonly name: string;
  readonly device: string;
  readonly uniqueid: string;
  linkedid: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The detail record of the present call: transfers begin another one. */
  record: { readonly startedAt: number; answeredAt?: number };
  state: ChannelState;
  caller: CallerId;
  connected: CallerId;
  /** The caller withholds the number, which AMI shows nevertheless. */
  readonly withheld: boolean;
  context: string;
  exten: string;
  priority: number;
  application: string;
  data: string;
  bridge?: Bridge | undefined;
  /** The channel that this one put on hold, and the one that put it on hold. */
  holds?: Channel | undefined;
  heldBy?: Channel | undefined;
  /** The other end of a Local. */
  twin?: Channel;
  /** A Local with `/n` stays after the answer. */
  persistent?: boolean;
  offer?: Offer | undefined;
  /** The step of the dialplan that it runs. */
  step?: Step | undefined;
  /** Ends the running application before its time. */
  stop: () => void;
  onDigit: (digit: string) => void;
  hungUp: boolean;
}

/** The state that a channel gives its device; the held party is on hold. */
export function deviceStateOf({ state, heldBy }: Channel): DeviceState {
  if (heldBy) return 'ONHOLD';
  switch (state) {
    case 'Down':
      return 'NOT_INUSE';
    case 'Ringing':
      return 'RINGING';
    case 'Busy':
      return 'BUSY';
    case 'Ring':
    case 'Up':
      return 'INUSE';
  }
}

/** The only other channel of a basic bridge. */
export function peerOf(channel: Channel): Channel | undefined {
  const others = [...(channel.bridge?.channels ?? [])].filter((other) => other !== channel);
  return channel.bridge?.kind === 'basic' && others.length === 1 ? others[0] : undefined;
}

/** The party at the other end of any number of wires. */
export function farEndOf(channel: Channel): Channel | undefined {
  const peer = peerOf(channel);
  return peer?.twin ? farEndOf(peer.twin) : peer;
}
