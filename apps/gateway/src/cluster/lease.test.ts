import { expect, it, onTestFinished, vi } from 'vitest';
import { LEASE_MS, type Lease, startLease } from './lease.ts';

/** Two gateways, by clocks that stand still while one is stopped, and what keeps the lease, as Redis does. */
function open() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const start = Date.now();
  const elapsed = () => Date.now() - start;
  let kept: { id: string; until: number } | null = null;
  let isAway = false;
  let upSince = Number.NEGATIVE_INFINITY;
  const holder = () => (kept !== null && elapsed() < kept.until ? kept.id : null);

  function gateway(id: string): Lease {
    const answer = async <T>(run: () => T) => {
      if (isAway) throw new Error('away');
      return run();
    };
    const lease = startLease({
      id,
      elapsed,
      onAnswer: () => {},
      store: {
        claim: (by, ms) =>
          answer(() => {
            if (holder() === null || holder() === by) kept = { id: by, until: elapsed() + ms };
            return holder() ?? '';
          }),
        holder: () => answer(holder),
        giveUp: (by) => answer(() => (kept = holder() === by ? null : kept)),
        upMs: () => elapsed() - upSince,
      },
    });
    onTestFinished(lease.close);
    return lease;
  }
  return {
    gateway,
    goAway: () => void (isAway = true),
    /** It is there again; `isEmpty`: it has lost everything. */
    comeBack({ isEmpty }: { isEmpty: boolean }) {
      isAway = false;
      upSince = elapsed();
      if (isEmpty) kept = null;
    },
    wait: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    /** Time passes in which nothing runs. */
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

it('[SG2] it goes to the other one at once where it is given up, and in time where its holder dies', async () => {
  const { gateway, wait } = open();
  const first = gateway('first');
  await wait(100);
  const second = gateway('second');
  await wait(1000);
  await first.close();
  expect(first.isHeld()).toBe(false);
  await wait(250);
  expect(second.isHeld()).toBe(true);
});

it('[SG3] who could not renew it holds it no more, by its own clock, before another one can', async () => {
  const { gateway, wait, sleep } = open();
  const first = gateway('first');
  await wait(100);
  expect(first.isHeld()).toBe(true);
  sleep(LEASE_MS);
  expect(first.isHeld()).toBe(false);
  expect(first.holder()).toBe(null);
});

it('[SG4] while it can not be asked for nobody holds it, and who asks is told', async () => {
  const { gateway, wait, goAway, comeBack } = open();
  const [first, second] = [gateway('first'), gateway('second')];
  await wait(1000);
  goAway();
  await wait(LEASE_MS + 250);
  expect([first.isHeld(), second.isHeld(), first.isAnswered()]).toEqual([false, false, false]);
  comeBack({ isEmpty: true });
  await wait(LEASE_MS + 500);
  expect([first.isHeld(), second.isHeld()].filter(Boolean)).toHaveLength(1);
});

it('[SG4] a store that comes back empty gives it to nobody else while it may be held', async () => {
  const { gateway, wait, goAway, comeBack } = open();
  const first = gateway('first');
  await wait(100);
  const second = gateway('second');
  await wait(1000);
  goAway();
  await wait(700);
  comeBack({ isEmpty: true });
  for (let ms = 0; ms < 2 * LEASE_MS; ms += 50) {
    expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);
    await wait(50);
  }
});
