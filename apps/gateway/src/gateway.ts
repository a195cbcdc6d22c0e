import { type AmiClient, createAmiClient } from '@lampboard/ami';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createConsoles } from './consoles.ts';
import { startDemo } from './demo.ts';
import type { Directory } from './directory.ts';
import { createEdit } from './edit.ts';
import { getvar } from './getvar.ts';
import { createLister } from './lister.ts';
import { createLiveBoard } from './live-board.ts';
import type { Logger } from './log.ts';
import { isLoopbackHost } from './loopback.ts';
import { createNaming } from './naming.ts';
import { siteAsterisk } from './pbx.ts';
import { createPbxWatch } from './pbx-watch.ts';
import { createPresenceStore } from './presence-store.ts';
import { BOARD_EVENTS } from './translate.ts';
import { createWeb } from './web.ts';

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/** Puts the rooms together and begins to serve; rejects where the address can't be listened on. */
export async function startGateway({
  config,
  directory,
  log,
  clock = systemClock,
}: {
  config: Config;
  directory: Directory;
  log: Logger;
  clock?: Clock;
}): Promise<Gateway> {
  const pbx = config.ami === null ? await startDemo() : siteAsterisk(config.ami);
  const board = createLiveBoard({ pbx: { version: null, demo: pbx.isDemo }, clock });
  const ami = createAmiClient({ ...pbx.target, events: BOARD_EVENTS });
  const store = createPresenceStore({ ami });
  const watch = createPbxWatch({
    board,
    lister: createLister({ ami, store, contexts: config.contexts }),
    naming: createNaming({ directory: new Map([...pbx.directory, ...directory]), ami }),
    store,
    readPbxInfo: async () => ({ version: await readVersion(ami), demo: pbx.isDemo }),
    clock,
    log,
  });
  const edit = createEdit({ board: board.current, isLive: watch.isLive, store, elapsed: clock.elapsed });

  const web = await createWeb({ isReady: watch.isLive });
  const consoles = createConsoles({
    http: web.server,
    isAllowedHost: isLoopbackHost,
    board,
    edit,
    reconnect: ami.connectNow,
  });
  await web.listen({ host: config.host, port: config.port });
  const address = web.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  if (!pbx.isDemo) log.info({ host: pbx.target.host, port: pbx.target.port }, 'connecting to Asterisk');
  ami.start(watch);

  return {
    url: urlOf(config.host, port),
    async stop() {
      watch.close();
      await ami.close();
      await Promise.all([consoles.close(), web.close()]);
      await pbx.stop();
    },
  };
}

/** Such as `22.10.1`, without what the distribution adds to it; null where Asterisk does not tell. */
async function readVersion(ami: Pick<AmiClient, 'send'>): Promise<string | null> {
  const version = await getvar(ami, 'VERSION()');
  return version.ok ? (/^[\w.]+/.exec(version.value)?.[0] ?? null) : null;
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
}
