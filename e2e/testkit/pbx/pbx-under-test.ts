import type { AmiControls } from '../ami/ami-controls.ts';
import type { DemoHint, DemoUser } from '@lampboard/demo-pbx';

export type Hint = DemoHint;

/** An AMI user of manager.conf. */
export type AmiUser = DemoUser;

export type UserName =
  | 'lampboard'
  | 'names'
  | 'nofilter'
  | 'filtering'
  | 'nosystem'
  | 'control'
  | 'denied'
  | 'noevents'
  | 'nosetvar'
  | 'nolists'
  | 'strict'
  | 'calls'
  | 'callsControl'
  | 'callsUnfiltered'
  | 'callsReporting'
  | 'callsNoEvents';

const user = (username: string, read: string, write: string): AmiUser => ({
  username,
  secret: `secret-${username}`,
  read: read.split(','),
  write: write.split(','),
});

const eventfilter = [
  '^Event: (ExtensionStatus|PresenceStateChange|Reload|FullyBooted)',
  '^Event: DeviceStateChange.*Device: (PJSIP|SIP|IAX2|Custom)',
];

const callsFilter = [
  '^Event: (FullyBooted|Shutdown|Newstate|NewConnectedLine|BridgeEnter|BridgeLeave|Hangup|Hold|Unhold|ParkedCall|UnParkedCall|ParkedCallGiveUp|ParkedCallTimeOut|OriginateResponse|Pickup)[^A-Za-z]',
];

/**
 * `lampboard` has the minimal permissions of the README, `names` those for FreePBX's names too; `filtering` may use the
 * action Filter; `nosystem` never receives FullyBooted; `control` has all permissions. `noevents`, `nosetvar` and `nolists`
 * lack what their name says, and `strict` filters lamps away. `calls` and `callsControl` have the permissions of the README
 * for calls. A real Asterisk has `lampboard` and these two as the README writes them.
 */
export const USERS: Record<UserName, AmiUser> = {
  lampboard: { ...user('lampboard', 'call,system', 'call'), eventfilter },
  names: { ...user('names', 'call,system', 'call,reporting'), eventfilter },
  nofilter: user('nofilter', 'call,system', 'call'),
  filtering: user('filtering', 'call,system', 'call,system'),
  nosystem: user('nosystem', 'call', 'call'),
  control: user('control', 'all', 'all'),
  denied: { ...user('denied', 'call,system', 'call'), deny: true },
  noevents: user('noevents', 'system', 'call'),
  nosetvar: user('nosetvar', 'call,system', 'reporting'),
  nolists: user('nolists', 'call,system', ''),
  strict: { ...user('strict', 'call,system', 'call'), eventfilter: ['^Event: PresenceStateChange'] },
  calls: { ...user('lampboard-calls', 'call,system', 'call,reporting'), eventfilter: callsFilter },
  callsControl: {
    ...user('lampboard-control', 'call,system', 'call,reporting,originate'),
    eventfilter: callsFilter,
  },
  callsUnfiltered: user('callsUnfiltered', 'call,system', 'call,reporting'),
  callsReporting: { ...user('callsReporting', 'call,system', 'reporting'), eventfilter: callsFilter },
  callsNoEvents: user('callsNoEvents', 'system', 'call,reporting'),
};

interface PbxLifecycle {
  /** Restarts gracefully; resolves when booted. Presence and custom device states are kept. */
  restart(): Promise<void>;
  /** Kills it without notice; the last second's changes may be lost. */
  kill(): Promise<void>;
  /** Starts it after `kill` on the same ports; resolves when booted. */
  start(): Promise<void>;
  /** Connections stay open without answers until `resume`. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export interface PbxUnderTest extends AmiControls, PbxLifecycle {
  name: string;
  amiPort: number;
  users: typeof USERS;
  /** Replaces the hints and reloads the dialplan. */
  reload(hints: readonly Hint[]): Promise<void>;
  /** Parks a call at slot 71, joins conference 8000, and waits in queue 600, until `freeFunctions`. */
  useFunctions(): Promise<void>;
  freeFunctions(): Promise<void>;
  /** Sets an entry of AstDB to any text, as the dialplan can. */
  putDatabase(family: string, key: string, value: string): Promise<void>;
}

/** Hints of every PBX under test: the common form and its known variants. */
export function standardHints(): Hint[] {
  const phones = Array.from({ length: 11 }, (_, index) => String(1101 + index));
  return [
    ...phones.map((exten) => inDefault(exten, `PJSIP/${exten},CustomPresence:${exten}`)),
    { ...inDefault('1112', 'PJSIP/1112,CustomPresence:1112'), name: 'Grace Hopper' },
    inDefault('1113', 'PJSIP/1113'),
    inDefault('1114', 'PJSIP/1114&Custom:DND1114,CustomPresence:1114'),
    inDefault('600', 'Custom:lamp600,CustomPresence:Batman'),
    inDefault('601', ',CustomPresence:601'),
    inDefault('_7XXX', 'Custom:lamp${EXTEN},CustomPresence:${EXTEN}'),
    { exten: '2001', context: 'sales', hint: 'Custom:lamp2001,CustomPresence:2001' },
  ];
}

/** Hints of `count` additional extensions, from 20000 on by default. */
export function manyHints(count: number, firstNumber = 20_000): Hint[] {
  return Array.from({ length: count }, (_, index) => {
    const exten = String(firstNumber + index);
    return inDefault(exten, `Custom:lamp${exten},CustomPresence:${exten}`);
  });
}

export function inDefault(exten: string, hint: string): Hint {
  return { exten, context: 'default', hint };
}

/** A pattern hint is in no list and sends no events. */
export function isPatternHint(hint: Hint): boolean {
  return hint.exten.startsWith('_');
}
