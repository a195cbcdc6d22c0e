import { type AmiClient, createAmiClient } from '@lampboard/ami';
import type { Config } from './config.ts';
import { isLoopbackName } from './loopback.ts';
import { createConsoles } from './consoles.ts';
import { startDemo } from './demo.ts';
import type { Directory } from './directory.ts';
import { createEdit } from './edit.ts';
import { createLister } from './lister.ts';
import { createLiveBoard } from './live-board.ts';
import type { Logger } from './log.ts';
import { createNaming } from './naming.ts';
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
}: {
  config: Config;
  directory: Directory;
  log: Logger;
}): Promise<Gateway> {
  const now = Date.now;
  const demo = config.ami === null ? await startDemo() : null;
  const target = config.ami ?? demo?.target;
  if (target === undefined) throw new Error('There is neither an Asterisk nor a demo PBX.');

  const board = createLiveBoard({
    pbx: { version: null, demo: demo !== null },
    now,
    onFrame: (frame) => consoles.io.emit('frame', frame),
    onSnapshot: (snapshot) => consoles.io.emit('snapshot', snapshot),
  });
  const ami = createAmiClient({
    ...target,
    events: BOARD_EVENTS,
    onState: (state) => watch.onState(state),
    onEvent: (event) => watch.onEvent(event),
    onGap: () => watch.onGap(),
  });
  const store = createPresenceStore({ ami });
  const watch = createPbxWatch({
    board,
    lister: createLister({ ami, store, contexts: config.contexts }),
    naming: createNaming({ directory: new Map([...(demo?.directory ?? []), ...directory]), ami }),
    store,
    readPbxInfo: async () => ({ version: await readVersion(ami), demo: demo !== null }),
    now,
    log,
  });
  const edit = createEdit({ board: board.current, isLive: watch.isLive, store, now });

  const web = await createWeb({ isReady: watch.isLive });
  const consoles = createConsoles({
    http: web.server,
    isAllowedHost: isLoopbackName,
    board,
    edit,
    reconnect: ami.connectNow,
  });
  await web.listen({ host: config.host, port: config.port });
  const address = web.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  ami.start();

  return {
    url: urlOf(config.host, port),
    async stop() {
      watch.close();
      await ami.close();
      await consoles.close();
      await web.close();
      await demo?.stop();
    },
  };
}

/** Such as `22.10.1`, without what the distribution adds to it; null where Asterisk does not tell. */
async function readVersion(ami: Pick<AmiClient, 'send'>): Promise<string | null> {
  const answer = await ami.send({ Action: 'Getvar', Variable: 'VERSION()' });
  return answer.ok ? (/^[\w.]+/.exec(answer.value['value'] ?? '')?.[0] ?? null) : null;
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
}
