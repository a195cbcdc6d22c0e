import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AmiControls } from '../ami/ami-controls.ts';
import type { BoardClient } from '../clients/board-client.ts';
import { connect } from 'node:net';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { provideAsterisk } from '../asterisk/debian-asterisk.ts';
import { startRealPbx } from '../asterisk/each-pbx.ts';
import { seedAccounts } from '../gateway/test-accounts.ts';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { type Candidate, describeEachCandidate } from '../pbx/each-candidate.ts';
import { runCommand } from '../processes/run-command.ts';
import { makeTempFolder } from '../processes/temp-folder.ts';
import { mountSmallDisk, provideSmallDisk } from '../store/store-faults.ts';
import { startBalancer } from './start-balancer.ts';

export const REDIS_PASSWORD = 'open-sesame';

/** Without persistence. */
async function startRedis() {
  const folder = await makeTempFolder();
  const port = await freePort();
  const options = { bind: '127.0.0.1', port, dir: folder.path, save: '', requirepass: REDIS_PASSWORD };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);

  async function spawn() {
    const started = await startChild({ command: 'redis-server', args });
    await waitUntil('Redis to answer', () => answers(port), { everyMs: 10 });
    return started;
  }
  let child = await spawn();

  return {
    url: `redis://:${REDIS_PASSWORD}@127.0.0.1:${port}/3`,
    /** SIGKILL; all data is lost. */
    kill: () => child.kill(),
    /** Starts it again on the same port; resolves when it answers. */
    async start() {
      child = await spawn();
    },
    /** Connections stay open without answers until `resume`. */
    pause: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
    async stop() {
      await child.kill();
      await folder.stop();
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'));
    socket.once('data', () => socket.destroy());
    socket.once('error', () => resolve(false));
    socket.once('close', (hadError) => resolve(!hadError));
  });
}

/** Three gateways that share one Asterisk, one store and one Redis, behind a balancer. */
type ThreeGateways = Awaited<ReturnType<typeof start>>;

/** Declares the suite on Asterisk 22 if this machine has it, redis-server and nginx. */
export async function describeThreeGateways(declare: (cluster: () => ThreeGateways) => void): Promise<void> {
  const name = 'three gateways behind nginx, on Asterisk 22';
  const candidate: Candidate<ThreeGateways> = { name, start, ...(await missingTools()) };
  describeEachCandidate({ candidates: [candidate], declare });
}

async function missingTools(): Promise<{ missing?: string }> {
  for (const command of ['redis-server', 'nginx']) {
    const { code } = await runCommand({ command, args: ['-v'] });
    if (code !== 0) return { missing: `there is no ${command}` };
  }
  const provided = await provideAsterisk('22');
  return 'missing' in provided ? provided : provideSmallDisk();
}

async function start() {
  const disk = await mountSmallDisk({ kilobytes: 16_384 });
  const data = disk.folder;
  const stops: (() => Promise<void>)[] = [disk.stop];
  async function stop(): Promise<void> {
    for (const undo of stops.toReversed()) await undo();
  }
  try {
    await seedAccounts(data, { demo: false });
    const [asterisk, redis] = await Promise.all([startRealPbx({ release: '22' }), startRedis()]);
    stops.push(asterisk.stop, redis.stop);
    const ports = [await freePort(), await freePort(), await freePort()];
    const env = { LAMPBOARD_REDIS_URL: redis.url };
    const { amiPort } = asterisk;
    const gateways: RunningGateway[] = [];
    for (const port of ports) {
      const gateway = await startGateway({ amiPort, port, env, dataFolder: data, accounts: false });
      gateways.push(gateway);
      stops.push(gateway.stop);
    }
    const balancer = await startBalancer(ports);
    stops.push(balancer.stop);
    return {
      asterisk,
      redis,
      /** The store's. */
      disk,
      gateways,
      /** Address of the balancer. */
      url: balancer.url,
      /** Index of the leader among the gateways; throws if there is none. */
      leader: async () => leaderAmong(await Promise.all(gateways.map((gateway) => gateway.output()))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function leaderAmong(outputs: readonly string[]): number {
  const startTimes = outputs.map((output) => {
    const line = output.split('\n').findLast((text) => text.includes('became leader'));
    return /"time":"([^"]+)"/.exec(line ?? '')?.[1] ?? '';
  });
  const last = startTimes.toSorted().at(-1) ?? '';
  if (last === '') throw new Error('No gateway reads Asterisk.');
  return startTimes.indexOf(last);
}

const UPDATE_INTERVAL_MS = 100;
const CHECK_INTERVAL_MS = 20;
const MAX_STALE_MS = 2000;
const EXTENSION = '1109';

/**
 * Increments a counter in a presence ten times a second. The returned function stops and throws if a live
 * client showed an outdated value for more than 2 s.
 */
export function monitorClients(
  pbx: Pick<AmiControls, 'setPresence'>,
  clients: readonly BoardClient[],
): () => Promise<void> {
  const subtype = randomUUID();
  let written = -1;
  /** Value of each client, and how long it has been outdated. */
  const observations = clients.map((client) => ({ client, count: -1, staleMs: 0, maxStaleMs: 0 }));
  let checkedAt = performance.now();
  let isStopped = false;

  async function writeUpdates(): Promise<void> {
    while (!isStopped) {
      const presence = { state: 'away', subtype, message: String(written + 1) };
      await pbx.setPresence(`CustomPresence:${EXTENSION}`, presence);
      written += 1;
      await delay(UPDATE_INTERVAL_MS);
    }
  }

  function check(): void {
    // If this process was blocked, pending updates were not read yet.
    const ms = Math.min(performance.now() - checkedAt, 2 * CHECK_INTERVAL_MS);
    checkedAt = performance.now();
    for (const observation of observations) {
      const { client } = observation;
      const presence = client.isLive() ? client.presence(`${EXTENSION}@default`) : null;
      const isStale = presence !== null && presence.subtype === subtype && Number(presence.message) < written;
      if (!isStale || Number(presence.message) !== observation.count) observation.staleMs = 0;
      if (!isStale) continue;
      observation.count = Number(presence.message);
      observation.staleMs += ms;
      observation.maxStaleMs = Math.max(observation.maxStaleMs, observation.staleMs);
    }
  }

  const writing = writeUpdates();
  const checkTimer = setInterval(check, CHECK_INTERVAL_MS);
  return async () => {
    isStopped = true;
    await writing;
    clearInterval(checkTimer);
    const maxStale = observations.map(({ maxStaleMs }) => Math.round(maxStaleMs));
    if (maxStale.some((ms) => ms > MAX_STALE_MS))
      throw new Error(`live and wrong for so many milliseconds, board by board: ${maxStale.join(', ')}`);
  };
}
