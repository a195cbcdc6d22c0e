import { once } from 'node:events';
import { Worker, parentPort, workerData } from 'node:worker_threads';
import type { LampReport } from './state-log.ts';

/** The programs in `threads/`: what each is told at its start, and what it tells. */
interface WorkerTypes {
  /** Boards on a gateway, one for each cookie. */
  readonly clients: {
    readonly data: { readonly url: string; readonly cookies: readonly string[] };
    result: ClientsLog;
  };
  /** AMI sessions that listen; each tells of its own. */
  readonly sessions: { readonly data: AmiTarget & { readonly count: number }; result: LampReport[][] };
  /** Boards that ask Asterisk over HTTP for all there is, once a second; each tells of its own. */
  readonly polling: { readonly data: AmiTarget & { readonly count: number }; result: LampReport[][] };
  /** A telephone, of the account `as`, that is subscribed to an extension. */
  readonly phone: {
    readonly data: { readonly sipPort: number; readonly extension: string; readonly as: string };
    result: LampReport[];
  };
}

interface AmiTarget {
  readonly port: number;
  readonly user: AmiLogin;
}

export interface AmiLogin {
  readonly username: string;
  readonly secret: string;
}

export interface ClientsLog {
  /** When each board got each of its frames, in their order. */
  readonly clients: readonly Float64Array[];
  /** The frames as the first board got them. */
  readonly frames: readonly string[];
  /** Of each board that missed a frame, or was closed, what came first. */
  readonly failures: readonly string[];
}

type WorkerName = keyof WorkerTypes;

/** A thread of its own: what it times is not kept waiting by whatever else goes on here. */
export interface BenchWorker<N extends WorkerName> {
  /** What it has recorded since the last time. */
  collect(): Promise<WorkerTypes[N]['result']>;
  stop(): Promise<void>;
}

/** Starts the built program beside this one; resolves when it is ready, and throws what it throws. */
export async function startWorker<N extends WorkerName>(
  name: N,
  data: WorkerTypes[N]['data'],
): Promise<BenchWorker<N>> {
  const thread = new Worker(new URL(`./${name}.js`, import.meta.url), { workerData: data });
  await once(thread, 'message');
  return {
    async collect() {
      thread.postMessage('collect', []);
      const [result]: WorkerTypes[N]['result'][] = await once(thread, 'message');
      if (result === undefined) throw new Error(`${name} told nothing`);
      return result;
    },
    stop: async () => void (await thread.terminate()),
  };
}

/** Inside of a thread: prepares, says that it is ready, and from then on tells when asked. */
export async function serveWorker<N extends WorkerName>(
  prepare: (data: WorkerTypes[N]['data']) => Promise<() => WorkerTypes[N]['result']>,
): Promise<void> {
  const collect = await prepare(workerData);
  const reply = (message: unknown) => parentPort?.postMessage(message, []);
  parentPort?.on('message', () => reply(collect()));
  reply('ready');
}
