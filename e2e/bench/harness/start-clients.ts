import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { delta } from '@lampboard/protocol';
import type { TestAccountName } from '../../testkit/gateway/test-accounts.ts';
import { signIn } from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startChild } from '../../testkit/processes/child-process.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import type { Track } from '../../testkit/processes/resources.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { type Change, type LampReport, allFirstReports, indexOfLamp } from './state-log.ts';
import { type ClientLog, startWorker } from './worker.ts';

const MAX_CLIENTS_PER_ACCOUNT = 100;
const CLIENTS_PER_WORKER = 100;
const ACCOUNTS: readonly TestAccountName[] = ['rita', 'ada', 'alice'];

export type BenchClients = Awaited<ReturnType<typeof openClients>>;

/** Starts a gateway with up to 300 clients. */
export async function startGatewayWithClients(track: Track, amiPort: number, count: number) {
  const gateway = await track(startGateway({ amiPort }));
  const names = ACCOUNTS.slice(0, Math.ceil(count / MAX_CLIENTS_PER_ACCOUNT));
  const cookies = await Promise.all(names.map((name) => signIn(gateway, name)));
  const cookieOf = (index: number) => cookies[Math.floor(index / MAX_CLIENTS_PER_ACCOUNT)] ?? '';
  const each = Array.from({ length: count }, (_, index) => cookieOf(index));
  return { pid: gateway.child().pid, clients: await track(openClients(gateway.url, each)) };
}

/** Starts the built baseline next to this program, with a port and `argument`, and opens clients on it. */
export async function startBaseline(track: Track, name: string, argument: number, count: number) {
  const port = await freePort();
  const path = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const args = [path, String(port), String(argument)];
  const child = await startChild({ command: process.execPath, args });
  await track(Promise.resolve({ stop: child.kill }));
  await waitUntil(`${name} to listen`, async () => {
    const socket = connect({ port, host: '127.0.0.1' });
    await once(socket, 'connect');
    return socket.destroy();
  });
  const url = `http://127.0.0.1:${port}/`;
  return { pid: child.pid, url, clients: await track(openClients(url, Array<string>(count).fill(''))) };
}

/** Opens a client for each cookie, 100 in a thread. */
async function openClients(url: string, cookies: readonly string[]) {
  const batches = [];
  for (let start = 0; start < cookies.length; start += CLIENTS_PER_WORKER)
    batches.push(cookies.slice(start, start + CLIENTS_PER_WORKER));
  const workers = await Promise.all(batches.map((batch) => startWorker('clients', { url, cookies: batch })));
  /** Returns what was received since the last call; throws if a client missed a delta. */
  async function collect(): Promise<ClientLog> {
    const logs = await Promise.all(workers.map((worker) => worker.collect()));
    const failures = logs.flatMap((one) => one.failures);
    if (failures.length > 0) throw new Error(`${failures.length} clients failed: ${failures[0]}`);
    return { clients: logs.flatMap(({ clients }) => clients), deltas: logs[0]?.deltas ?? [] };
  }

  return {
    collect,
    /** As `collect`, after all clients have received all changes; throws after 15 s. */
    async collectAll(changes: readonly Change[]): Promise<ClientLog> {
      let log: ClientLog = { clients: [], deltas: [] };
      return waitUntil('the last delta', async () => {
        const { clients, deltas } = await collect();
        log = {
          clients: clients.map((times, index) =>
            Float64Array.from([...(log.clients[index] ?? []), ...times]),
          ),
          deltas: [...log.deltas, ...deltas],
        };
        return reportTimesByClient(log, changes).every((times) => !times.includes(Number.NaN)) && log;
      });
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

/** Times at which each client showed each change: one list for each client. */
export function reportTimesByClient(log: ClientLog, changes: readonly Change[]): number[][] {
  const reports = allFirstReports('a client', changes, lampReportsInDeltas(log));
  return log.clients.map((times) => reports.map(({ index }) => times[index] ?? Number.NaN));
}

/** Lamps in the deltas of the first client, with the index of the delta. */
export function lampReportsInDeltas({ clients, deltas }: ClientLog): (LampReport & { index: number })[] {
  return deltas.flatMap((text, index) => {
    const timestamp = clients[0]?.[index] ?? Number.NaN;
    return delta.parse(JSON.parse(text)).changes.flatMap((change) => {
      if (change.table !== 'extensions' || change.op !== 'patch' || change.fields.lamp === undefined)
        return [];
      const stateIndex = indexOfLamp(change.fields.lamp);
      return { exten: change.id.replace(/@.*/, ''), stateIndex, timestamp, index };
    });
  });
}
