/** An AMI user of manager.conf, as every PBX under test has it. */
export interface AmiUser {
  username: UserName;
  secret: string;
  read: string;
  write: string;
  /** Lines `eventfilter=` of manager.conf. */
  eventFilters: readonly string[];
  /** Turned away by the access list, whatever the secret. */
  denied: boolean;
}

export type UserName = 'lampboard' | 'nofilter' | 'filtering' | 'nosystem' | 'control' | 'denied';

const allowed = { eventFilters: [], denied: false };

/**
 * `lampboard` has the least rights that work, as the README shows; `filtering` may use the action Filter; `nosystem`
 * never sees FullyBooted; `control` may do all and is the tests' oracle.
 */
export const USERS: Record<UserName, AmiUser> = {
  lampboard: {
    ...allowed,
    username: 'lampboard',
    secret: 'secret-lampboard',
    read: 'call,system',
    write: 'call',
    eventFilters: [
      '^Event: (ExtensionStatus|PresenceStateChange|Reload|FullyBooted)',
      '^Event: DeviceStateChange.*Device: (PJSIP|SIP|IAX2|Custom)',
    ],
  },
  nofilter: {
    ...allowed,
    username: 'nofilter',
    secret: 'secret-nofilter',
    read: 'call,system',
    write: 'call',
  },
  filtering: {
    ...allowed,
    username: 'filtering',
    secret: 'secret-filtering',
    read: 'call,system',
    write: 'call,system',
  },
  nosystem: { ...allowed, username: 'nosystem', secret: 'secret-nosystem', read: 'call', write: 'call' },
  control: { ...allowed, username: 'control', secret: 'secret-control', read: 'all', write: 'all' },
  denied: {
    ...allowed,
    username: 'denied',
    secret: 'secret-denied',
    read: 'call,system',
    write: 'call',
    denied: true,
  },
};
