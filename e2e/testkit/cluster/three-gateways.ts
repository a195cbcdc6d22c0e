import { randomUUID } from 'node:crypto';
import { ONLY_PBX, extensionId } from '@lampboard/protocol';
import { setTimeout as delay } from 'node:timers/promises';
import type { AmiControls } from '../ami/ami-controls.ts';
import type { BoardClient } from '../clients/board-client.ts';
import { connect } from 'node:net';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { type AsteriskRelease, provideAsterisk } from '../asterisk/debian-asterisk.ts';
import { type RealPbx, type TwoSites, startRealPbx, startTwoSites } from '../asterisk/each-pbx.ts';
import { seedAccounts } from '../gateway/test-accounts.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { describeEachCandidate } from '../pbx/each-candidate.ts';
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

/** Three gateways that share Asterisks, one store and one Redis, behind a balancer. */
type ThreeGateways<P> = Awaited<ReturnType<typeof start<P>>>;

interface OnePbx {
  readonly asterisk: RealPbx;
}

/** Declares the suite on Asterisk 22 if this machine has it, redis-server and nginx. */
export async function describeThreeGateways(
  declare: (cluster: () => ThreeGateways<OnePbx>) => void,
): Promise<void> {
  const startOne = async () => {
    const asterisk = await startRealPbx({ release: '22' });
    return { pbxs: { asterisk }, options: { amiPort: asterisk.amiPort }, stop: asterisk.stop };
  };
  const name = 'three gateways behind nginx, on Asterisk 22';
  const candidate = { name, start: () => start(startOne), ...(await missingTools('22')) };
  describeEachCandidate<ThreeGateways<OnePbx>>({ candidates: [candidate], declare });
}

/** Declares the suite on Asterisk 22 and 16 at once, as two sites. */
export async function describeThreeGatewaysOfTwoSites(
  declare: (cluster: () => ThreeGateways<TwoSites>) => void,
): Promise<void> {
  const startTwo = async () => {
    const sites = await startTwoSites();
    const { berlin, paris, stop } = sites;
    return { pbxs: sites, options: { pbxs: { berlin, paris } }, stop };
  };
  const name = 'three gateways behind nginx, on Asterisk 22 and 16';
  const candidate = { name, start: () => start(startTwo), ...(await missingTools('22', '16')) };
  describeEachCandidate<ThreeGateways<TwoSites>>({ candidates: [candidate], declare });
}

async function missingTools(...releases: readonly AsteriskRelease[]): Promise<{ missing?: string }> {
  for (const command of ['redis-server', 'nginx']) {
    const { code } = await runCommand({ command, args: ['-v'] });
    if (code !== 0) return { missing: `there is no ${command}` };
  }
  const provided = await Promise.all(releases.map(provideAsterisk));
  return provided.find((release) => 'missing' in release) ?? provideSmallDisk();
}

interface StartedPbxs<P> {
  readonly pbxs: P;
  readonly options: Pick<GatewayOptions, 'amiPort' | 'pbxs'>;
  stop(): Promise<void>;
}

async function start<P>(startPbxs: () => Promise<StartedPbxs<P>>) {
  const disk = await mountSmallDisk({ kilobytes: 16_384 });
  const data = disk.folder;
  const stops: (() => Promise<void>)[] = [disk.stop];
  async function stop(): Promise<void> {
    for (const undo of stops.toReversed()) await undo();
  }
  try {
    await seedAccounts(data, { demo: false });
    const [started, redis] = await Promise.all([startPbxs(), startRedis()]);
    stops.push(started.stop, redis.stop);
    const ports = [await freePort(), await freePort(), await freePort()];
    const env = { LAMPBOARD_REDIS_URL: redis.url };
    const gateways: RunningGateway[] = [];
    for (const port of ports) {
      const gateway = await startGateway({
        ...started.options,
        port,
        callsUser: 'calls',
        env,
        dataFolder: data,
        accounts: false,
      });
      gateways.push(gateway);
      stops.push(gateway.stop);
    }
    const balancer = await startBalancer(ports);
    stops.push(balancer.stop);
    return {
      ...started.pbxs,
      redis,
      /** The store's. */
      disk,
      gateways,
      /** Address of the balancer. */
      url: balancer.url,
      /** Index of the leader, of one PBX of several, among the gateways; throws if there is none. */
      leader: async (pbxId?: string) =>
        leaderAmong(await Promise.all(gateways.map((gateway) => gateway.output())), pbxId),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function leaderAmong(outputs: readonly string[], pbxId?: string): number {
  const isStart = (line: string) =>
    line.includes('became leader') && (pbxId === undefined || line.includes(`"pbx":"${pbxId}"`));
  const startTimes = outputs.map((output) => {
    const line = output.split('\n').findLast(isStart);
    return /"time":"([^"]+)"/.exec(line ?? '')?.[1] ?? '';
  });
  const last = startTimes.toSorted().at(-1) ?? '';
  if (last === '') throw new Error('No gateway reads Asterisk.');
  return startTimes.indexOf(last);
}

const UPDATE_INTERVAL_MS = 100;
const CHECK_INTERVAL_MS = 20;
const MAX_STALE_MS = 2000;
/** The extension whose presence {@link monitorClients} changes. */
export const MONITORED = '1109';

/**
 * Increments a counter in a presence ten times a second. The returned function stops and throws if a client that was
 * live, for one PBX of several, showed an outdated value for more than 2 s.
 */
export function monitorClients(
  pbx: Pick<AmiControls, 'setPresence'>,
  clients: readonly BoardClient[],
  pbxId = ONLY_PBX,
): () => Promise<void> {
  const id = extensionId(MONITORED, 'default', pbxId);
  const subtype = randomUUID();
  let written = -1;
  /** Value of each client, and how long it has been outdated. */
  const observations = clients.map((client) => ({ client, count: -1, staleMs: 0, maxStaleMs: 0 }));
  let checkedAt = performance.now();
  let isStopped = false;

  async function writeUpdates(): Promise<void> {
    while (!isStopped) {
      const presence = { state: 'away', subtype, message: String(written + 1) };
      await pbx.setPresence(`CustomPresence:${MONITORED}`, presence);
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
      const presence = client.isLive(pbxId) ? client.presence(id) : null;
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
