import { setTimeout as delay } from 'node:timers/promises';
import type { Span } from './edit-ledger.ts';
import { type FaultKind, type PlannedFault, targetOf } from './plan.ts';
import type { RunningGateway } from '../testkit/gateway/start-gateway.ts';
import { type Hint, inDefault, standardHints } from '../testkit/pbx/pbx-under-test.ts';
import { lockStore, type SmallDisk } from '../testkit/store/store-faults.ts';
import type { AmiProxy } from '../testkit/network/ami-proxy.ts';
import type { PageClient } from './chaos-clients.ts';
import type { ObservedSite } from './site.ts';

interface TestBed {
  readonly sites: readonly ObservedSite[];
  readonly gateway: RunningGateway;
  readonly disk: SmallDisk;
  readonly browsers: readonly PageClient[];
}

/**
 * Starts and ends a fault; both resolve when complete. `onSecondStep` marks the second step of a fault that
 * starts in two.
 */
interface FaultInjection {
  /** Null: all clients. */
  readonly client: string | null;
  start(onSecondStep: () => void): Promise<void> | void;
  end(): Promise<void> | void;
}

/** Milliseconds each way, minimum and maximum. */
const DELAY_MS = [20, 900] as const;
const THROTTLED_BYTES_PER_SECOND = [400, 20_000] as const;
/** From 256 kbit/s to 10 Mbit/s. */
const SLOW_BYTES_PER_SECOND = [32_000, 1_250_000] as const;
const SLOW_DELAY_MS = [5, 600] as const;

function faultInjectionOf({ kind, pbx, random }: PlannedFault, testBed: TestBed): FaultInjection {
  const { gateway, disk, browsers } = testBed;
  const { asterisk, proxy } = itemAt(testBed.sites, pbx ?? 0);
  const fault = (start: FaultInjection['start'], end: FaultInjection['end'] = () => {}) => {
    return { client: null, start, end };
  };
  const networkFault = (change: Parameters<AmiProxy['setCondition']>[0]) =>
    fault(
      () => proxy.setCondition(change),
      () => proxy.setCondition({ kind: 'ok' }),
    );
  const throttle = (bytesPerSecond: number, delayMs: number) =>
    networkFault({ kind: 'throttle', bytesPerSecond, delayMs });
  switch (kind) {
    case 'Asterisk killed':
      return fault(asterisk.kill, asterisk.start);
    case 'Asterisk restarted':
      // Asterisk still answers for about a second while it shuts down. With calls it may hang there.
      return fault((onSecondStep) =>
        asterisk.restart(onSecondStep).catch(async () => {
          await asterisk.kill();
          await asterisk.start();
        }),
      );
    case 'Asterisk paused':
      return fault(asterisk.pause, asterisk.resume);
    case 'link dropped':
      return fault(proxy.drop);
    case 'link delayed':
      return throttle(Infinity, between(DELAY_MS, random));
    case 'link throttled':
      return throttle(between(THROTTLED_BYTES_PER_SECOND, random ** 2), 0);
    case 'link slow':
      // Both derived from one random number, but uncorrelated.
      return throttle(between(SLOW_BYTES_PER_SECOND, random ** 2), between(SLOW_DELAY_MS, (random * 7) % 1));
    case 'link half-open':
      return networkFault({ kind: 'blackhole', exemptsNewConnections: true });
    case 'link blackholed':
      return networkFault({ kind: 'blackhole', exemptsNewConnections: false });
    case 'gateway killed':
      return fault(gateway.kill, () => gateway.start());
    case 'gateway paused':
      return fault(
        () => gateway.child().signal('SIGSTOP'),
        () => gateway.child().signal('SIGCONT'),
      );
    case 'store locked': {
      let unlock = () => {};
      return fault(
        () => void (unlock = lockStore(disk.folder)),
        () => unlock(),
      );
    }
    case 'store full':
      return fault(disk.fill, disk.free);
    case 'browser offline': {
      const page = itemAt(browsers, Math.floor(random * browsers.length));
      return { client: page.name, start: () => page.setOffline(true), end: () => page.setOffline(false) };
    }
    case 'dialplan reloaded': {
      const hints = [...standardHints(), ...changingHints(random)];
      // A stopped Asterisk reads them when it starts.
      return fault(() => asterisk.reload(hints).catch(() => undefined));
    }
  }
}

function itemAt<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`There is no number ${index}.`);
  return found;
}

const CHANGING_EXTENSIONS = ['701', '702', '703', '704', '705', '706'];

/** Each extension is absent, has a lamp, or has a lamp and a presence. */
function changingHints(random: number): Hint[] {
  let code = Math.floor(random * 3 ** CHANGING_EXTENSIONS.length);
  return CHANGING_EXTENSIONS.flatMap((exten) => {
    const variant = code % 3;
    code = Math.floor(code / 3);
    const presence = variant === 2 ? `,CustomPresence:${exten}` : '';
    return variant === 0 ? [] : [inDefault(exten, `Custom:lamp${exten}${presence}`)];
  });
}

function between([low, high]: readonly [number, number], random: number): number {
  return low + random * (high - low);
}

const DELAYING_FAULTS: ReadonlySet<FaultKind> = new Set([
  'link delayed',
  'link throttled',
  'link slow',
  'link half-open',
  'link blackholed',
  'Asterisk paused',
]);

/** Faults of the same target run one after the other. */
export function createFaultInjector(testBed: TestBed, onNote: (note: string) => void) {
  const queues = new Map<string, Promise<void>>();
  const delayedSpans: (Span & { readonly pbx: number | null })[] = [];

  async function run(fault: PlannedFault): Promise<void> {
    const { kind, pbx, durationMs } = fault;
    const { client, start, end } = faultInjectionOf(fault, testBed);
    const affected = pbx === null ? testBed.sites : [itemAt(testBed.sites, pbx)];
    function markBoundary(isStart: boolean): void {
      const boundary = { timestamp: performance.now(), fault: kind, isStart, client };
      for (const { checker } of affected) checker.faultBoundary(boundary);
    }
    const from = performance.now();
    const where =
      pbx === null ? '' : affected.map(({ pbxId }) => (pbxId === '' ? '' : ` (${pbxId})`)).join('');
    onNote(`${kind}${where}${durationMs > 0 ? ` for ${Math.round(durationMs)} ms` : ''}`);
    markBoundary(true);
    await start(() => {
      markBoundary(false);
      markBoundary(true);
    });
    await delay(durationMs);
    await end();
    markBoundary(false);
    if (DELAYING_FAULTS.has(kind)) delayedSpans.push({ pbx, from, to: performance.now() });
  }

  const injectFault = async (fault: PlannedFault): Promise<void> => {
    const target = targetOf(fault);
    const queued = (queues.get(target) ?? Promise.resolve()).then(() => run(fault));
    queues.set(target, queued);
    return queued;
  };
  return Object.assign(injectFault, {
    /** When traffic of a PBX was delayed. */
    delayedSpans: (pbx: number) => delayedSpans.filter((span) => span.pbx === pbx),
  });
}
