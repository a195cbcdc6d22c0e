/** One channel as Asterisk lists it (`CoreShowChannels`); texts are as their senders wrote them. */
export interface Channel {
  /** Such as `PJSIP/1101-0000001a` or `Local/300@default-00000002;1`. */
  readonly name: string;
  /** `ChannelState`: 4 Ring (calling), 5 Ringing, 6 Up. */
  readonly state: number;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly connectedNumber: string;
  readonly connectedName: string;
  readonly context: string;
  /** As dialled. */
  readonly exten: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly application: string;
  readonly applicationData: string;
  /** Empty where it is in no bridge. */
  readonly bridgeId: string;
  /** Whole seconds since it was created. */
  readonly duration: number;
}

/** Details of one channel that the list does not have. Times are milliseconds since 1970 by the gateway's clock. */
export interface ChannelDetails {
  readonly createdAt: number | null;
  /** Null where it was not answered, or where Asterisk keeps no times. */
  readonly answeredAt: number | null;
  /** The other party holds it. */
  readonly isHeld: boolean;
  /** The number is not to be shown. */
  readonly isWithheld: boolean;
}

/** A call in a parking lot. */
export interface ParkedChannel {
  readonly uniqueid: string;
  readonly lot: string;
  readonly slot: string;
  /** The device that is rung at the end, such as `PJSIP/1101`; empty where there is none. */
  readonly parkerDevice: string;
  /** Milliseconds since 1970 by the gateway's clock. */
  readonly parkedAt: number;
  /** Null where it stays until it is taken. */
  readonly returnsAt: number | null;
}

/** `ChannelState`. */
export const CHANNEL_STATE = { down: 0, ringing: 5, up: 6 } as const;

/** Technologies by which Asterisk connects channels, records or announces: none of their channels is a party of a call. */
const INTERNAL =
  /^(?:Local|CBAnn|CBRec|Announcer|Recorder|Snoop|Surrogate|Bridge|Message|MulticastRTP|UnicastRTP|AsyncGoto|OutgoingSpoolFailed|DAHDI\/pseudo)\b|<(?:ZOMBIE|MASQ)>$/iu;

export const isParty = ({ name, state }: Pick<Channel, 'name' | 'state'>) =>
  state !== CHANNEL_STATE.down && !INTERNAL.test(name);

/** Returns the device of a channel: its name without the suffix. */
export function deviceOf({ name }: Pick<Channel, 'name'>): string {
  const end = name.lastIndexOf('-');
  return end === -1 ? name : name.slice(0, end);
}

/** Returns the name that both ends of a Local channel share; null for any other channel. */
export function wireOf({ name }: Pick<Channel, 'name'>): string | null {
  return /^(Local\/.*);[12]$/isu.exec(name)?.[1] ?? null;
}
