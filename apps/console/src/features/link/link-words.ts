import type { LinkReason, LinkStatus } from '@lampboard/protocol';
import type { Connection } from '../../live/live-state.ts';

export interface LinkNews {
  readonly tone: 'live' | 'waiting' | 'down';
  /** For the pill; `since` is put behind it where it helps. */
  readonly short: string;
  readonly what: string;
  readonly advice: string;
}

const REASONS: Readonly<Record<LinkReason, LinkNews>> = {
  connecting: {
    tone: 'waiting',
    short: 'Connecting to Asterisk…',
    what: 'Lampboard is connecting to Asterisk',
    advice: 'This takes a moment.',
  },
  unreachable: {
    tone: 'down',
    short: 'Asterisk unreachable',
    what: 'Asterisk cannot be reached',
    advice:
      'Lampboard keeps trying. Check that Asterisk runs, and LAMPBOARD_AMI_HOST and LAMPBOARD_AMI_PORT.',
  },
  untrusted: {
    tone: 'down',
    short: 'Asterisk not trusted',
    what: 'The certificate that Asterisk shows is not trusted',
    advice:
      'Nothing was sent. Check LAMPBOARD_AMI_TLS_CA and LAMPBOARD_AMI_TLS_SERVER_NAME against tlscertfile in manager.conf; the log says what is wrong with it.',
  },
  'turned-away': {
    tone: 'down',
    short: 'Asterisk turned us away',
    what: 'Asterisk closes the connection before the login',
    advice:
      'Check permit, deny and authlimit in manager.conf, and that the port is the AMI port; that of tlsbindaddr needs LAMPBOARD_AMI_TLS.',
  },
  'login-refused': {
    tone: 'down',
    short: 'Login refused',
    what: 'Asterisk refuses the login',
    advice: 'Check LAMPBOARD_AMI_USERNAME, its secret, and permit and deny of that user in manager.conf.',
  },
  'permission-denied': {
    tone: 'down',
    short: 'Permission denied',
    what: 'Asterisk lets Lampboard in, but denies it what it needs',
    advice:
      'Give the AMI user read = call,system and write = call in manager.conf, and see that res_manager_presencestate is loaded.',
  },
  'no-events': {
    tone: 'down',
    short: 'Asterisk sends no events',
    what: 'Lamps change in Asterisk, and it tells Lampboard nothing of it',
    advice:
      'Give the AMI user read = call,system in manager.conf, and an eventfilter that lets ExtensionStatus through; then try again.',
  },
  booting: {
    tone: 'waiting',
    short: 'Asterisk is starting',
    what: 'Asterisk is starting',
    advice: 'The board comes back by itself as soon as Asterisk has loaded its hints.',
  },
  silent: {
    tone: 'down',
    short: 'Asterisk does not answer',
    what: 'Asterisk has stopped answering',
    advice: 'Lampboard keeps trying. Check the machine and the network between it and the gateway.',
  },
  listing: {
    tone: 'waiting',
    short: 'Reading the hints…',
    what: 'Lampboard is reading every hint anew',
    advice: 'This takes a moment.',
  },
};

const FIRST: LinkNews = { tone: 'waiting', short: 'Connecting…', what: 'Connecting', advice: '' };

const LOST: LinkNews = {
  tone: 'waiting',
  short: 'Reconnecting…',
  what: 'The connection to the Lampboard gateway is lost',
  advice: 'This page keeps trying, for as long as it is open.',
};

const UNANSWERED: LinkNews = {
  tone: 'down',
  short: 'Gateway unreachable',
  what: 'The Lampboard gateway does not answer',
  advice: 'This page keeps trying. If it goes on, check that the gateway runs.',
};

const OFFLINE: LinkNews = {
  tone: 'down',
  short: 'No network',
  what: 'This device has no network',
  advice: 'The board comes back by itself once there is one.',
};

const INCOMPATIBLE: LinkNews = {
  tone: 'down',
  short: 'Reload needed',
  what: 'This page and the gateway are of different versions',
  advice: 'Reload the page. Text that you have not saved is lost by that: copy it first.',
};

const LIVE: LinkNews = { tone: 'live', short: 'Live', what: '', advice: '' };

/** Failures in a row after which waiting is no longer the whole story. */
const PATIENCE = 3;

function connectionNews(connection: Extract<Connection, { state: 'down' }>): LinkNews {
  switch (connection.reason) {
    case 'offline':
      return OFFLINE;
    case 'incompatible':
      return INCOMPATIBLE;
    case 'connecting':
      return connection.failures === 0 ? FIRST : UNANSWERED;
    case 'lost':
      return connection.failures < PATIENCE ? LOST : UNANSWERED;
  }
}

/** What the operator needs to know of the way from the telephones to this page; the nearer break is told first. */
export function linkNews(connection: Connection, link: LinkStatus | undefined): LinkNews {
  if (connection.state === 'down') return connectionNews(connection);
  if (link === undefined) return FIRST;
  return link.state === 'live' ? LIVE : REASONS[link.reason];
}
