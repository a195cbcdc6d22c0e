import type { Bridge, Channel, DialStatus } from './channel.ts';
import type { ParkedCall } from './parking-lot.ts';

/** A change of calls that Asterisk announces, named as its event. */
export type CallEvent =
  | { event: 'Newchannel' | 'Newstate' | 'NewConnectedLine' | 'Newexten'; channel: Channel }
  | { event: 'Hold' | 'Unhold'; channel: Channel }
  | { event: 'HangupRequest' | 'Hangup'; channel: Channel; cause: number }
  | { event: 'DialBegin'; caller: Channel; leg: Channel; dialString: string }
  | { event: 'DialState' | 'DialEnd'; caller: Channel; leg: Channel; status: DialStatus | 'RINGING' }
  | { event: 'Pickup'; channel: Channel; target: Channel }
  | { event: 'BridgeCreate' | 'BridgeDestroy'; bridge: Bridge }
  | { event: 'BridgeEnter'; bridge: Bridge; channel: Channel; swapped?: Channel | undefined }
  | { event: 'BridgeLeave'; bridge: Bridge; channel: Channel }
  | { event: 'ParkedCall' | 'ParkedCallTimeOut' | 'ParkedCallGiveUp'; parked: ParkedCall }
  | { event: 'UnParkedCall'; parked: ParkedCall; retriever: Channel };
