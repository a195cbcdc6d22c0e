import type { LinkReason } from '@lampboard/protocol';

/** Problem of a link: its name on the board, its cause, and the remedy. */
export interface LinkProblem {
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
}

/** Reasons that pass by themselves within seconds. */
type PassingReason = 'connecting' | 'syncing';

/** The texts of log and `doctor`, in the order of README's table, which repeats them. */
export const LINK_PROBLEMS: Readonly<Record<Exclude<LinkReason, PassingReason>, LinkProblem>> = {
  unreachable: {
    title: 'Asterisk unreachable',
    cause: 'nothing answers at that address and port',
    remedy: 'check `enabled = yes` and `bindaddr` in `manager.conf`, and firewalls',
  },
  rejected: {
    title: 'Connection closed',
    cause: 'Asterisk closes the connection before the login',
    remedy:
      'check `permit`, `deny` and `authlimit`; the port of `tlsbindaddr` needs `LAMPBOARD_AMI_TLS`, and no other one',
  },
  'login-refused': {
    title: 'Login refused',
    cause:
      'wrong account, wrong secret (a `;` or `#` in it?), or `permit`/`deny` exclude this machine; Asterisk does not say which',
    remedy:
      'correct it, `manager reload`, then “Try now”. By itself Lampboard tries every 5 minutes, so as not to be banned',
  },
  'tls-error': {
    title: 'Certificate not trusted',
    cause: 'the certificate has expired, or is from an unknown CA or for another name; the log says which',
    remedy: 'renew it, or set `LAMPBOARD_AMI_TLS_CA` or `LAMPBOARD_AMI_TLS_SERVER_NAME`',
  },
  'permission-denied': {
    title: 'Permission denied',
    cause: 'the AMI user lacks a right, or a module is not loaded',
    remedy: '`read = call,system`, `write = call`; `module show like res_manager_presencestate`',
  },
  'no-events': {
    title: 'Asterisk sends no events',
    cause: 'lamps change in lists, but no event arrives',
    remedy: '`read = call,system`; an `eventfilter` that lets `ExtensionStatus` through',
  },
  booting: {
    title: 'Asterisk is starting',
    cause: 'it accepts logins, but has not loaded its hints',
    remedy: 'wait; if it stays, see `core waitfullybooted`',
  },
  unresponsive: {
    title: 'Asterisk not responding',
    cause: 'connected, but even a ping gets no answer',
    remedy: 'check that machine and the network',
  },
  overrun: {
    title: 'Asterisk sent too much',
    cause: 'a list had over 1,000,000 lines or 32 MiB',
    remedy: 'check that an Asterisk answers at that port; Lampboard tries again at most once a minute',
  },
  'no-leader': {
    title: 'Switching gateway…',
    cause: 'none of several gateways reads Asterisk at the moment',
    remedy: 'wait; another one takes over within seconds',
  },
  'redis-unreachable': {
    title: 'Redis unreachable',
    cause: 'the Redis that joins several gateways does not answer',
    remedy: 'check Redis and `LAMPBOARD_REDIS_URL`',
  },
};

/** The board is live and empty. */
export const NO_HINTS: LinkProblem = {
  title: 'Asterisk has no hints yet',
  cause: 'there are none in the contexts shown',
  remedy: '`core show hints`; `LAMPBOARD_CONTEXTS`',
};

/** A warning, not a problem. */
export const AMI_WITHOUT_TLS =
  'AMI connection without TLS: its secret and all messages are readable on the network';

/** Returns the remedy with its settings of a PBX as the file with the PBXs names them. */
export function remedyInFile(remedy: string, file = 'lampboard.yaml'): string {
  const renamed = remedy
    .replaceAll(/LAMPBOARD_AMI_([A-Z_]+)/g, (_, name: string) => `ami.${name.toLowerCase()}`)
    .replaceAll('LAMPBOARD_CONTEXTS', 'contexts');
  return renamed === remedy ? remedy : `${renamed} (of this PBX in ${file})`;
}

/**
 * Returns name, cause and remedy in one line; only the name where the reason passes by itself. `isInFile`: the file with the
 * PBXs has its settings.
 */
export function linkProblemText(reason: LinkReason, { isInFile = false } = {}): string {
  if (reason === 'connecting') return 'Connecting to Asterisk';
  if (reason === 'syncing') return 'Loading extensions';
  const { title, cause, remedy } = LINK_PROBLEMS[reason];
  return `${title}: ${cause}. What to do: ${isInFile ? remedyInFile(remedy) : remedy}.`;
}
