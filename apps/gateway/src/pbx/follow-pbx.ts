import { type AmiClient, createAmiClient } from '@lampboard/ami';
import type { Board } from '@lampboard/board';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { createAskedTries } from './asked-tries.ts';
import { startDemo } from './demo.ts';
import type { Directory } from './directory.ts';
import { type Edit, createEdit } from '../edits/edit.ts';
import type { StandingEdits } from '../edits/standing-edits.ts';
import { watchStandstill } from '../edits/standstill.ts';
import { getvar } from './getvar.ts';
import { createHintProbe } from './hint-probe.ts';
import { createListPace } from './list-pace.ts';
import { createLister } from './lister.ts';
import { type LiveBoard, createLiveBoard } from './live-board.ts';
import type { Logger } from '../log.ts';
import { isLoopback } from '../loopback.ts';
import { countAmi, timeLists } from '../metrics/counted.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { createNaming } from './naming.ts';
import { siteAsterisk } from './pbx.ts';
import { createPbxWatch } from './pbx-watch.ts';
import { createPhones } from './phones.ts';
import { createPresenceStore } from './presence-store.ts';
import { type SiteDirectory, checkDirectory } from './site-directory.ts';
import { BOARD_EVENTS } from './translate.ts';

/** For as long as a gateway is the one that reads the PBX. */
export interface Reign {
  /** What was last known of the PBX. */
  readonly known: Board['rows'];
  /** At this very moment: whatever only the reader may do is not done any more once it is over. */
  holds(): boolean;
}

/** Nobody else reads it, ever. */
export const ALONE: Reign = { known: new Map(), holds: () => true };

/** One PBX: a live board, and edits of what is on it. */
interface Following {
  readonly board: LiveBoard;
  readonly edit: Edit;
  isLive(): boolean;
  reconnect(): void;
  start(): void;
  stop(): Promise<void>;
}

/** The site's Asterisk, or the embedded demo PBX where none is configured. */
export async function followPbx({
  config,
  directory,
  standingEdits,
  reign,
  clock,
  metrics,
  log,
}: {
  config: Pick<Config, 'ami' | 'contexts' | 'listBytesPerSecond'>;
  directory: SiteDirectory;
  standingEdits: StandingEdits;
  reign: Reign;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
}): Promise<Following> {
  const pbx = config.ami === null ? await startDemo() : siteAsterisk(config.ami);
  const { attribute } = standingEdits;
  const board = createLiveBoard({
    pbx: { version: null, demo: pbx.isDemo },
    clock,
    attribute,
    onSent: metrics.frameSent,
    known: reign.known,
  });
  const ami = createAmiClient({ ...pbx.target, events: BOARD_EVENTS });
  const tries = createAskedTries({ connectNow: ami.connectNow, elapsed: clock.elapsed });
  const store = createPresenceStore({ ami });
  const phones = createPhones({ ami });
  const standstill = watchStandstill(clock);
  const lister = createLister({ ami, store, phones, contexts: config.contexts });
  const allPeople = (): Directory => new Map([...pbx.directory, ...directory.current()]);
  let people = allPeople();
  const naming = createNaming({
    directory: () => people,
    ami,
    elapsed: clock.elapsed,
    onFacts: board.observe,
  });
  const watch = createPbxWatch({
    board,
    pace: createListPace({
      elapsed: clock.elapsed,
      bytesReceived: ami.bytesReceived,
      bytesPerSecond: config.listBytesPerSecond,
    }),
    lister: timeLists(checkDirectory(lister, directory), metrics, clock),
    naming,
    ami,
    store,
    phones,
    readPbxInfo: async () => ({ version: await readVersion(ami), demo: pbx.isDemo }),
    clock,
    log,
  });
  const isLive = () => watch.isLive() && reign.holds();
  const probe = createHintProbe({
    ami,
    phones,
    board,
    isLive: watch.isLive,
    elapsed: clock.elapsed,
    onDifference: watch.onGap,
  });
  const unfollowDirectory = directory.onReload(() => {
    people = allPeople();
    // A list, out of turn, brings all names with it.
    watch.onGap();
  });

  return {
    board,
    edit: createEdit({ board: board.current, isLive, store, standingEdits, standstill, clock }),
    isLive,
    reconnect: tries.ask,
    start() {
      const { host, port, tls } = pbx.target;
      if (!pbx.isDemo) log.info({ host, port }, 'connecting to Asterisk');
      if (tls === undefined && !isLoopback(host)) {
        log.warn(
          { host },
          'AMI goes over the network without TLS: its secret and all messages can be read there',
        );
      }
      ami.start(tries.follow(countAmi(watch, metrics)));
      probe.start();
    },
    async stop() {
      standstill.stop();
      unfollowDirectory();
      probe.stop();
      watch.close();
      naming.close();
      await ami.close();
      await pbx.stop();
    },
  };
}

/** Such as `22.10.1`, without what the distribution adds to it; null where Asterisk does not tell. */
async function readVersion(ami: Pick<AmiClient, 'send'>): Promise<string | null> {
  const version = await getvar(ami, 'VERSION()');
  return version.ok ? (/^[\w.]+/.exec(version.value)?.[0] ?? null) : null;
}
