import type { Fact } from '@lampboard/board';
import type { LinkReason, LinkStatus } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import type { LiveBoard } from './live-board.ts';
import type { Logger } from '../log.ts';

/** What every start goes through. */
const ON_THE_WAY: ReadonlySet<LinkReason> = new Set(['connecting', 'booting', 'listing']);

/** Tells board and log how the link to Asterisk stands; an outage has been so since it began, whatever its reasons. */
export interface LinkReport {
  /** `code`: the system's code for the reason. */
  down(reason: LinkReason, code?: string): void;
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
    down(reason, code) {
      if (link.state === 'down' && link.reason === reason && link.code === code) return;
      link = { state: 'down', since: link.state === 'down' ? link.since : clock.now(), reason, code };
      board.observe([{ kind: 'link', link }]);
      if (ON_THE_WAY.has(reason)) log.info({ reason }, 'on the way to Asterisk');
      else log.warn({ reason, code }, 'no live link to Asterisk');
    },
    live() {
      link = { state: 'live' };
      return { kind: 'link', link };
    },
  };
}
