import { once } from 'node:events';
import { Worker, parentPort, workerData } from 'node:worker_threads';
import type { LampReport } from './state-log.ts';

/** Start data and result of each program in `workers/`. */
interface WorkerTypes {
  /** Clients of a gateway, one for each cookie. */
  readonly clients: {
    readonly data: { readonly url: string; readonly cookies: readonly string[] };
    result: ClientLog & {
      /** The first failure of each client that missed a delta or was disconnected. */
      readonly failures: readonly string[];
    };
  };
  /** AMI sessions that receive events. */
  readonly sessions: { readonly data: AmiTarget; result: LampReport[][] };
  /** Clients that list all extension states over HTTP once a second. */
  readonly polling: { readonly data: AmiTarget; result: LampReport[][] };
  /** A phone of the account `as` that is subscribed to an extension. */
  readonly phone: {
    readonly data: { readonly sipPort: number; readonly extension: string; readonly as: string };
    result: LampReport[];
  };
}

interface AmiTarget {
  readonly port: number;
  readonly count: number;
}

export interface ClientLog {
  /** Arrival times of the deltas, by client. */
  readonly clients: readonly Float64Array[];
  /** Deltas as the first client received them. */
  readonly deltas: readonly string[];
}

type WorkerName = keyof WorkerTypes;

/** A separate thread, so that its timing is undisturbed by other work. */
export type BenchWorker<N extends WorkerName> = Awaited<ReturnType<typeof startWorker<N>>>;

/** Starts the built program next to this one; resolves when it is ready. */
export async function startWorker<N extends WorkerName>(name: N, data: WorkerTypes[N]['data']) {
  const thread = new Worker(new URL(`./${name}.js`, import.meta.url), { workerData: data });
  await once(thread, 'message');
  return {
    /** Returns what was recorded since the last call. */
    async collect() {
      thread.postMessage('collect', []);
      const [result]: WorkerTypes[N]['result'][] = await once(thread, 'message');
      if (result === undefined) throw new Error(`${name} sent no result`);
      return result;
    },
    stop: async () => void (await thread.terminate()),
  };
}

export type AmiListener = Awaited<ReturnType<typeof startAmiListener>>;

/** Starts one AMI session that receives events. */
export async function startAmiListener(port: number) {
  const { collect, stop } = await startWorker('sessions', { port, count: 1 });
  return { collect: async () => (await collect())[0] ?? [], stop };
}

/** Runs in the thread: prepares, reports ready, and then replies with a result on each request. */
export async function serveWorker<N extends WorkerName>(
  prepare: (data: WorkerTypes[N]['data']) => Promise<() => WorkerTypes[N]['result']>,
): Promise<void> {
  const collect = await prepare(workerData);
  const reply = (message: unknown) => parentPort?.postMessage(message, []);
  parentPort?.on('message', () => reply(collect()));
  reply('ready');
}
