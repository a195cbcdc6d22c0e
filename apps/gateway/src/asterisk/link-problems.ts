import { type LinkReason, type LinkStatus, ONLY_PBX } from '@lampboard/protocol';
import type { PbxInfo } from '../board/live-board.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';

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
    .replaceAll('LAMPBOARD_CALLS_AMI_', 'LAMPBOARD_AMI_CALLS_')
    .replaceAll(/LAMPBOARD_AMI_([A-Z_]+)/g, (_, name: string) => `ami.${name.toLowerCase()}`)
    .replaceAll('LAMPBOARD_CONTEXTS', 'contexts');
  return renamed === remedy ? remedy : `${renamed} (of this PBX in ${file})`;
}

/** The AMI session of the board, or that of calls. */
export type LinkPurpose = 'board' | 'calls';

/** Where the AMI user of calls may not list channels. */
export const CALLS_DENIED: LinkProblem = {
  ...LINK_PROBLEMS['permission-denied'],
  cause: 'the AMI user of calls may not list channels',
  remedy: '`read = call,system`, `write = call,reporting` for it; `LAMPBOARD_CALLS_AMI_USERNAME`',
};

interface TextOptions {
  /** The file with the PBXs has its settings. */
  readonly isInFile?: boolean;
  readonly purpose?: LinkPurpose;
}

/** Returns name, cause and remedy in one line; only the name where the reason passes by itself. */
export function linkProblemText(
  reason: LinkReason,
  { isInFile = false, purpose = 'board' }: TextOptions = {},
): string {
  if (reason === 'connecting') return 'Connecting to Asterisk';
  if (reason === 'syncing') return purpose === 'board' ? 'Loading extensions' : 'Loading calls';
  const isCallsDenied = purpose === 'calls' && reason === 'permission-denied';
  const { title, cause, remedy } = isCallsDenied ? CALLS_DENIED : LINK_PROBLEMS[reason];
  return `${title}: ${cause}. What to do: ${isInFile ? remedyInFile(remedy) : remedy}.`;
}

/** Reasons that every start passes through. */
const TRANSIENT: ReadonlySet<LinkReason> = new Set(['connecting', 'booting', 'syncing']);

interface LinkTrackerOptions {
  readonly pbx: Pick<PbxInfo, 'id' | 'name'>;
  readonly purpose: LinkPurpose;
  readonly onDown: (link: LinkStatus) => void;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Follows the state of one link to Asterisk, and writes into the log why it is down. */
export type LinkTracker = ReturnType<typeof createLinkTracker>;

export function createLinkTracker({ pbx, purpose, onDown, clock, log }: LinkTrackerOptions) {
  const about = { ...pbxField(pbx.id), ...(purpose === 'calls' && { link: 'calls' }) };
  let link: LinkStatus = { state: 'down', since: clock.now(), reason: 'connecting' };

  return {
    status: () => link,
    /** Returns false where it is up already. */
    up(): boolean {
      const wasDown = link.state === 'down';
      link = { state: 'live' };
      return wasDown;
    },
    /** Keeps the outage's `since` when only the reason changes. `code` is the system's error code. */
    down(reason: LinkReason, code?: string): void {
      if (link.state === 'down' && link.reason === reason && link.code === code) return;
      link = { state: 'down', since: link.state === 'down' ? link.since : clock.now(), reason, code };
      onDown(link);
      // Only PBXs of the file have names.
      const text = linkProblemText(reason, { isInFile: pbx.name !== '', purpose });
      if (TRANSIENT.has(reason)) log.info({ ...about, reason }, text);
      else log.warn({ ...about, reason, code }, text);
    },
  };
}

/** Names a PBX in the log where there are several. */
export const pbxField = (pbxId: string) => (pbxId === ONLY_PBX ? {} : { pbx: pbxId });
