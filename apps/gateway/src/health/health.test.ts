import { LIVE_PBX } from '../board/testing/fake-board.ts';
import { expect, it, afterEach, beforeEach, vi } from 'vitest';
import { quantile, startHealthRecorder } from './health.ts';
import { HEALTH_RETENTION_MS, HEALTH_INTERVAL_MS } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import { createLiveBoard } from '../board/live-board.ts';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createMetrics } from '../metrics/metrics.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LIVE = { kind: 'link', link: { state: 'live' } } as const;

function startRecorder() {
  const metrics = createMetrics();
  const clock: Clock = { now: Date.now, monotonic: () => performance.now() };
  const board = createLiveBoard({ pbxs: [LIVE_PBX], clock });
  const { writer } = openTestAuth();
  const store = { bytes: () => 0, writes: writer.counts };
  const health = startHealthRecorder({ metrics, board, store, clock });
  const pass = (steps: number) => vi.advanceTimersByTimeAsync(steps * HEALTH_INTERVAL_MS);
  const down = () =>
    board.apply(LIVE_PBX.id, [{ kind: 'link', link: { state: 'down', since: 0, reason: 'unresponsive' } }]);
  return { metrics, board, health, writer, pass, down };
}

const linkIntervals = (health: ReturnType<typeof startHealthRecorder>) => health.read().pbxs[0]?.link ?? [];

it('[MT4] each sample covers the time since the previous one', async () => {
  const { metrics, health, pass } = startRecorder();
  for (let count = 0; count < 50; count += 1) metrics.ofPbx(LIVE_PBX.id).amiEvent('ExtensionStatus');
  metrics.deltaSent(20, 1.5);
  metrics.clientOpened();
  metrics.command('set-presence', 'ok');
  metrics.command('set-presence', 'conflict');
  metrics.signIn('password', 'too-many');
  await pass(1);
  metrics.command('set-presence', 'conflict');
  await pass(1);
  const [first, second] = health.read().samples;
  expect(first).toMatchObject({ clients: 1, failures: { conflict: 1, 'too-many': 1 } });
  expect(first?.events).toBeCloseTo(5);
  expect(first?.changes).toBeCloseTo(2);
  expect(first?.updateLatency?.p50).toBeCloseTo(1.5);
  expect(first?.memory).toBeGreaterThan(0);
  expect(second).toMatchObject({ events: 0, changes: 0, updateLatency: null, failures: { conflict: 1 } });
  expect((second?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBe(HEALTH_INTERVAL_MS);
});

it('[MT4] retains an hour', async () => {
  const { health, pass } = startRecorder();
  await pass(HEALTH_RETENTION_MS / HEALTH_INTERVAL_MS + 30);
  const { samples, time } = health.read();
  expect(samples).toHaveLength(HEALTH_RETENTION_MS / HEALTH_INTERVAL_MS);
  expect(samples.at(-1)?.timestamp).toBe(time);
});

it('[MT4] records short outages exactly', async () => {
  const { board, health, pass, down } = startRecorder();
  board.reset(LIVE_PBX, [LIVE]);
  await pass(1);
  down();
  await vi.advanceTimersByTimeAsync(300);
  board.reset(LIVE_PBX, [LIVE]);
  const [connecting, live, unresponsive, again] = linkIntervals(health);
  expect([connecting, live, unresponsive, again].map((interval) => interval?.reason)).toEqual([
    'connecting',
    null,
    'unresponsive',
    null,
  ]);
  expect((again?.startedAt ?? 0) - (unresponsive?.startedAt ?? 0)).toBeGreaterThanOrEqual(280);
});

it('[MT4] forgets link states after an hour, except for the one at its start', async () => {
  const { board, health, pass, down } = startRecorder();
  board.reset(LIVE_PBX, [LIVE]);
  down();
  await pass(HEALTH_RETENTION_MS / HEALTH_INTERVAL_MS + 1);
  board.reset(LIVE_PBX, [LIVE]);
  expect(linkIntervals(health).map(({ reason }) => reason)).toEqual(['unresponsive', null]);
});

it('[MT4] limits the intervals of a flapping link', async () => {
  const { board, health, down } = startRecorder();
  for (let count = 0; count < 600; count += 1) {
    board.reset(LIVE_PBX, [LIVE]);
    down();
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(linkIntervals(health).length).toBeLessThanOrEqual(500);
  expect(linkIntervals(health).at(-1)?.reason).toBe('unresponsive');
});

it('[MT6] a sample counts failed writes to the store', async () => {
  const { writer, health, pass } = startRecorder();
  await pass(1);
  writer.attempt('history', () => {
    throw new Error('no such table');
  });
  await pass(2);
  expect(health.read().samples.map(({ storeFailures }) => storeFailures)).toEqual([0, 1, 0]);
});

const buckets = [
  [1, 0],
  [2, 50],
  [4, 90],
  [Number.POSITIVE_INFINITY, 100],
] as const;

it('[MT4] computes quantiles like Prometheus', () => {
  expect(quantile(0.5, buckets)).toBe(2);
  expect(quantile(0.25, buckets)).toBe(1.5);
  expect(quantile(0.7, buckets)).toBe(3);
  expect(quantile(0.99, buckets)).toBe(4);
});

it('[MT4] has no quantile without values', () => {
  expect(quantile(0.5, [])).toBeNull();
  expect(quantile(0.5, [[1, 0]])).toBeNull();
});
