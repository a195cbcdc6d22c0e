import type { Fact } from '@lampboard/board';
import type { LinkReason, LinkStatus } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import type { LiveBoard } from './live-board.ts';
import type { Logger } from '../log.ts';

/** What every start goes through. */
const ON_THE_WAY: ReadonlySet<LinkReason> = new Set(['connecting', 'booting', 'listing']);

/** Tells board and log how the link to Asterisk stands; an outage has been so since it began, whatever its reasons. */
export interface LinkReport {
  /** `detail`: the system's word for it, for the log alone. */
  down(reason: LinkReason, detail?: string): void;
  /** The fact that the board begins its next epoch with. */
  live(): Fact;
}

export function createLinkReport({
  board,
  clock,
  log,
}: {
  board: Pick<LiveBoard, 'current' | 'observe'>;
  clock: Pick<Clock, 'now'>;
  log: Logger;
}): LinkReport {
  let link: LinkStatus = board.current().link;

  return {
    down(reason, detail) {
      if (link.state === 'down' && link.reason === reason) return;
      link = { state: 'down', since: link.state === 'down' ? link.since : clock.now(), reason };
      board.observe([{ kind: 'link', link }]);
      if (ON_THE_WAY.has(reason)) log.info({ reason }, 'on the way to Asterisk');
      else log.warn({ reason, detail }, 'no live link to Asterisk');
    },
    live() {
      link = { state: 'live' };
      return { kind: 'link', link };
    },
  };
}
