import { once } from 'node:events';
import { Worker, parentPort, workerData } from 'node:worker_threads';
import type { Told } from './lamp-states.ts';

/** The programs in `threads/`: what each is told at its start, and what it tells. */
interface Threads {
  /** Boards on a gateway, one for each cookie. */
  readonly boards: {
    readonly data: { readonly url: string; readonly cookies: readonly string[] };
    told: Sent;
  };
  /** AMI sessions that listen; each tells of its own. */
  readonly sessions: { readonly data: Place & { readonly count: number }; told: Told[][] };
  /** Boards that ask Asterisk over HTTP for all there is, once a second; each tells of its own. */
  readonly polling: { readonly data: Place & { readonly count: number }; told: Told[][] };
  /** A telephone, of the account `as`, that is subscribed to an extension. */
  readonly phone: {
    readonly data: { readonly sipPort: number; readonly extension: string; readonly as: string };
    told: Told[];
  };
}

interface Place {
  readonly port: number;
  readonly user: AmiLogin;
}

export interface AmiLogin {
  readonly username: string;
  readonly secret: string;
}

export interface Sent {
  /** When each board got each of its frames, in their order. */
  readonly boards: readonly Float64Array[];
  /** The frames as the first board got them. */
  readonly frames: readonly string[];
  /** Of each board that missed a frame, or was closed, what came first. */
  readonly torn: readonly string[];
}

type Name = keyof Threads;

/** A thread of its own: what it times is not kept waiting by whatever else goes on here. */
export interface Thread<N extends Name> {
  /** What it has recorded since the last time. */
  collect(): Promise<Threads[N]['told']>;
  stop(): Promise<void>;
}

/** Starts the built program beside this one; resolves when it is ready, and throws what it throws. */
export async function startThread<N extends Name>(name: N, data: Threads[N]['data']): Promise<Thread<N>> {
  const worker = new Worker(new URL(`./${name}.js`, import.meta.url), { workerData: data });
  await once(worker, 'message');
  return {
    async collect() {
      worker.postMessage('collect', []);
      const [told]: Threads[N]['told'][] = await once(worker, 'message');
      if (told === undefined) throw new Error(`${name} told nothing`);
      return told;
    },
    stop: async () => void (await worker.terminate()),
  };
}

/** Inside of a thread: prepares, says that it is ready, and from then on tells when asked. */
export async function serveThread<N extends Name>(
  prepare: (data: Threads[N]['data']) => Promise<() => Threads[N]['told']>,
): Promise<void> {
  const collect = await prepare(workerData);
  const reply = (message: unknown) => parentPort?.postMessage(message, []);
  parentPort?.on('message', () => reply(collect()));
  reply('ready');
}
