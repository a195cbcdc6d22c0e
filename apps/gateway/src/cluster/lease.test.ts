import { expect, it, onTestFinished, vi } from 'vitest';
import { LEASE_MS, type Lease, startLease } from './lease.ts';

const ROUND_TRIP_MS = 1;
const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Gateways with fake clocks, and a lease store like Redis. */
function open() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const start = Date.now();
  const monotonic = () => Date.now() - start;
  const stored = new Map<string, { id: string; until: number }>();
  let isDown = false;
  let upSince = Number.NEGATIVE_INFINITY;

  function gateway(id: string, { isBusyElsewhere = (): boolean => false, pbx = 'one' } = {}): Lease {
    const holder = () => {
      const lease = stored.get(pbx);
      return lease !== undefined && monotonic() < lease.until ? lease.id : null;
    };
    const respond = async <T>(run: () => T) => {
      await delay(ROUND_TRIP_MS);
      if (isDown) throw new Error('away');
      return run();
    };
    const lease = startLease({
      id,
      monotonic,
      isBusyElsewhere,
      onAnswer: () => {},
      store: {
        claim: (by, ms) =>
          respond(() => {
            if (holder() === null || holder() === by) stored.set(pbx, { id: by, until: monotonic() + ms });
            return holder() ?? '';
          }),
        holder: () => respond(holder),
        release: (by) => respond(() => holder() === by && stored.delete(pbx)),
        uptimeMs: () => monotonic() - upSince,
      },
    });
    onTestFinished(() => void lease.close());
    return lease;
  }
  return {
    gateway,
    takeDown: () => void (isDown = true),
    /** Makes the store reachable again; `isEmpty`: without its data. */
    bringBack({ isEmpty }: { isEmpty: boolean }) {
      isDown = false;
      upSince = monotonic();
      if (isEmpty) stored.clear();
    },
    wait: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    /** Advances the time without running timers. */
    sleep: (ms: number) => vi.setSystemTime(Date.now() + ms),
  };
}

it('[SG1] one of two holds the lease, and both know which', async () => {
  const { gateway, wait } = open();
  const [first, second] = [gateway('first'), gateway('second')];
  await wait(1000);
  expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);
  expect([first.holder(), second.holder()]).toEqual(['first', 'first']);
});

it('[SG2] the other one gets it at once when it is released', async () => {
  const { gateway, wait } = open();
  const first = gateway('first');
  await wait(100);
  const second = gateway('second');
  await wait(1000);
  void first.close();
  expect(first.isHeld()).toBe(false);
  await wait(300);
  expect(second.isHeld()).toBe(true);
});

it('[PB11] a gateway that leads another PBX leaves a free lease to others, and takes it where there are none', async () => {
  const { gateway, wait } = open();
  const busy = gateway('busy', { isBusyElsewhere: () => true });
  await wait(500);
  const other = gateway('other');
  await wait(1000);
  expect([busy.isHeld(), other.isHeld()]).toEqual([false, true]);
  void other.close();
  await wait(1100);
  expect(busy.isHeld()).toBe(true);
});

it('[PB11] two gateways that could both have two free leases take one each', async () => {
  const { gateway, wait } = open();
  const start = (id: string) => {
    const leases: Lease[] = [];
    const isBusyElsewhere = () => leases.some((lease) => lease.isHeldOrClaimed());
    for (const pbx of ['berlin', 'paris']) leases.push(gateway(id, { isBusyElsewhere, pbx }));
    return () => leases.map((lease) => lease.isHeld());
  };
  const both = [start('first'), start('second')];
  await wait(1000);
  expect(both.map((held) => held())).toEqual([
    [true, false],
    [false, true],
  ]);
});

it('[SG3] a holder that could not renew it loses it by its own clock before another can get it', async () => {
  const { gateway, wait, sleep } = open();
  const first = gateway('first');
  await wait(100);
  expect(first.isHeld()).toBe(true);
  sleep(LEASE_MS);
  expect(first.isHeld()).toBe(false);
  expect(first.holder()).toBe(null);
});

it('[SG4] while the store is unreachable nobody holds it, and both report it', async () => {
  const { gateway, wait, takeDown, bringBack } = open();
  const [first, second] = [gateway('first'), gateway('second')];
  await wait(1000);
  takeDown();
  await wait(LEASE_MS + 250);
  expect([first.isHeld(), second.isHeld(), first.isReachable()]).toEqual([false, false, false]);
  bringBack({ isEmpty: true });
  await wait(LEASE_MS + 500);
  expect([first.isHeld(), second.isHeld()].filter(Boolean)).toHaveLength(1);
});

it('[SG4] a store that comes back empty grants it to no other gateway while it may be held', async () => {
  const { gateway, wait, takeDown, bringBack } = open();
  const first = gateway('first');
  await wait(100);
  const second = gateway('second');
  await wait(1000);
  takeDown();
  await wait(700);
  bringBack({ isEmpty: true });
  for (let ms = 0; ms < 2 * LEASE_MS; ms += 50) {
    expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);
    await wait(50);
  }
});
