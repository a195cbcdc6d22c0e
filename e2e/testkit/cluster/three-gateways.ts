import { provideAsterisk } from '../asterisk/debian-asterisk.ts';
import { startRealPbx } from '../asterisk/each-pbx.ts';
import { seedAccounts } from '../gateway/test-accounts.ts';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { type Candidate, describeEachCandidate } from '../pbx/each-candidate.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import { freePort } from '../processes/free-port.ts';
import { runCommand } from '../processes/run-command.ts';
import { type SmallDisk, mountSmallDisk, provideSmallDisk } from '../store/store-faults.ts';
import { startBalancer } from './start-balancer.ts';
import { type RunningRedis, startRedis } from './start-redis.ts';

/** Three gateways that share one Asterisk, one store and one Redis, behind a balancer. */
export interface ThreeGateways {
  readonly asterisk: PbxUnderTest;
  readonly redis: RunningRedis;
  /** The store's. */
  readonly disk: SmallDisk;
  readonly gateways: readonly RunningGateway[];
  /** Address of the balancer. */
  readonly url: string;
  /** Index of the leader among the gateways; throws if there is none. */
  leader(): Promise<number>;
  stop(): Promise<void>;
}

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

async function start(): Promise<ThreeGateways> {
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
    const leader = async () => leaderAmong(await Promise.all(gateways.map((gateway) => gateway.output())));
    return { asterisk, redis, disk, gateways, url: balancer.url, leader, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function leaderAmong(outputs: readonly string[]): number {
  const startTimes = outputs.map((output) => {
    const lines = output.split('\n').filter((line) => line.includes('became leader'));
    return /"time":"([^"]+)"/.exec(lines.at(-1) ?? '')?.[1] ?? '';
  });
  const last = startTimes.toSorted().at(-1) ?? '';
  if (last === '') throw new Error('No gateway reads Asterisk.');
  return startTimes.indexOf(last);
}
