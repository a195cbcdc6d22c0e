import { randomUUID } from 'node:crypto';
import type { LinkReason } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import type { ConsoleServer } from '../consoles/audience.ts';
import { LINK_DOWN } from '../edits/edit.ts';
import type { Journal } from '../edits/journal.ts';
import { createRecordedEdit } from '../edits/recorded-edit.ts';
import type { Logger } from '../log.ts';
import type { Reign } from '../pbx/follow-pbx.ts';
import type { FollowedPbx } from '../reader.ts';
import { createFollower } from './follower.ts';
import { startLease } from './lease.ts';
import { type Message, readMessage } from './messages.ts';
import { createMirror } from './mirror.ts';
import { createOwnReader } from './own-reader.ts';
import { createRedisLease } from './redis-lease.ts';
import type { RedisLink } from './redis-link.ts';
import { serveFollowers } from './serve-followers.ts';

const EVENT = 'gateways';
/** Whether anybody can still be sure is looked at whenever something happens, and so often; milliseconds. */
const LOOK_MS = 100;

/**
 * One of any number of gateways, of which one reads Asterisk for all: this one for as long as it has the lease. The
 * consoles of each, the reader too, are served from a copy of the reader's board.
 */
export function shareReader({
  io,
  link,
  startReader,
  journal,
  isDemo,
  clock,
  log,
}: {
  io: ConsoleServer;
  link: Pick<RedisLink, 'redis' | 'prefix'>;
  startReader: (reign: Reign) => Promise<FollowedPbx>;
  journal: Pick<Journal, 'record'>;
  isDemo: boolean;
  clock: Clock;
  log: Logger;
}): FollowedPbx {
  const { now, elapsed } = clock;
  const id = randomUUID();
  const send = (message: Message) => void io.serverSideEmit(EVENT, message);
  const mirror = createMirror({ isDemo, now });
  const { board } = mirror;
  const store = createRedisLease({ link, elapsed });
  const lease = startLease({ id, store, elapsed, onAnswer: takeTurn });
  const follower = createFollower({ id, mirror, holder: lease.holder, send, elapsed });
  const own = createOwnReader({
    lease,
    startReader,
    known: () => board.current().rows,
    onBegin: follow,
    log,
  });
  const refuseEdit = createRecordedEdit({
    edit: async () => LINK_DOWN,
    journal,
    board: board.current,
    now,
    log,
  });
  const looking = setInterval(look, LOOK_MS);
  const serve = serveFollowers({ id, reader: own.current, send, elapsed });
  io.on(EVENT, (raw: unknown) => {
    const message = readMessage(raw);
    if (message === null) return;
    look();
    void serve(message);
    follower.take(message);
    look();
  });

  /** Comes before whatever is done: nothing may have run here for long, and another gateway read meanwhile. */
  function look(): void {
    mirror.doubt(doubt());
  }

  function doubt(): LinkReason | null {
    if (own.current() !== null || follower.isSure()) return null;
    return lease.isAnswered() ? 'no-reader' : 'redis-unreachable';
  }

  function takeTurn(): void {
    look();
    if (lease.isHeld()) own.begin();
    else follower.ask();
  }

  /** Gives the board of the own reader to the own consoles and to the other gateways. */
  function follow(reader: FollowedPbx): void {
    const isReading = () => own.current() === reader;
    mirror.takeSnapshot(reader.board.snapshot());
    reader.board.subscribe({
      onSnapshot(snapshot) {
        look();
        if (!isReading()) return;
        send({ kind: 'snapshot', from: id, snapshot });
        mirror.takeSnapshot(snapshot);
      },
      onFrame(frame) {
        look();
        if (!isReading()) return;
        send({ kind: 'frame', from: id, frame });
        mirror.takeFrame(frame);
      },
    });
    look();
  }

  function isLive(): boolean {
    look();
    return board.current().link.state === 'live';
  }

  return {
    board: {
      ...board,
      snapshot() {
        look();
        return board.snapshot();
      },
    },
    isLive,
    edit: (command, by) =>
      isLive() ? (own.current() ?? follower).edit(command, by) : refuseEdit(command, by),
    followNames: () => own.current()?.followNames(),
    reconnect: () => (own.current() ?? follower).reconnect(),
    async stop() {
      await own.stop();
      clearInterval(looking);
      await lease.close();
    },
  };
}
