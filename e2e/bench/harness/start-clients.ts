import { delta } from '@lampboard/protocol';
import type { TestAccountName } from '../../testkit/gateway/test-accounts.ts';
import { signIn } from '../../testkit/gateway/http-client.ts';
import { type Change, type LampReport, allFirstReports, indexOfLamp } from './state-log.ts';
import { type ClientsLog, startWorker } from './worker.ts';

const MAX_CLIENTS_PER_ACCOUNT = 100;
const CLIENTS_PER_WORKER = 100;
const ACCOUNTS: readonly TestAccountName[] = ['rita', 'ada', 'alice'];

export type BenchClients = Awaited<ReturnType<typeof openClients>>;

export type ClientLog = Pick<ClientsLog, 'clients' | 'frames'>;

/** Opens up to 300 clients on a gateway. */
export async function startClients({ url }: { url: string }, count: number): Promise<BenchClients> {
  const names = ACCOUNTS.slice(0, Math.ceil(count / MAX_CLIENTS_PER_ACCOUNT));
  const cookies = await Promise.all(names.map((name) => signIn({ url }, name)));
  return openClients(
    { url },
    Array.from({ length: count }, (_, index) => cookies[Math.floor(index / MAX_CLIENTS_PER_ACCOUNT)] ?? ''),
  );
}

/** Opens a client for each cookie, 100 in a thread. */
export async function openClients({ url }: { url: string }, cookies: readonly string[]) {
  const batches = [];
  for (let start = 0; start < cookies.length; start += CLIENTS_PER_WORKER)
    batches.push(cookies.slice(start, start + CLIENTS_PER_WORKER));
  const workers = await Promise.all(batches.map((batch) => startWorker('clients', { url, cookies: batch })));
  return {
    /** Returns what was received since the last call; throws if a client missed a delta. */
    async collect(): Promise<ClientLog> {
      const logs = await Promise.all(workers.map((worker) => worker.collect()));
      const failures = logs.flatMap((one) => one.failures);
      if (failures.length > 0) throw new Error(`${failures.length} clients failed: ${failures[0]}`);
      return { clients: logs.flatMap(({ clients }) => clients), frames: logs[0]?.frames ?? [] };
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

/** Times at which each client showed each change: one list for each client. */
export function reportTimesByClient(log: ClientLog, changes: readonly Change[]): number[][] {
  const reports = allFirstReports('a client', changes, lampReportsInDeltas(log));
  return log.clients.map((arrivalTimes) => reports.map(({ frame }) => arrivalTimes[frame] ?? Number.NaN));
}

/** Lamps in the deltas of the first client; `frame` is the index of the delta. */
export function lampReportsInDeltas({ clients, frames }: ClientLog): (LampReport & { frame: number })[] {
  return frames.flatMap((text, frame) =>
    delta.parse(JSON.parse(text)).changes.flatMap((change) =>
      change.table === 'extensions' && change.op === 'patch' && change.fields.lamp !== undefined
        ? [
            {
              exten: change.id.replace(/@.*/, ''),
              stateIndex: indexOfLamp(change.fields.lamp),
              timestamp: clients[0]?.[frame] ?? Number.NaN,
              frame,
            },
          ]
        : [],
    ),
  );
}
