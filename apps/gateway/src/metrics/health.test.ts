import { HEALTH_KEPT_MS, HEALTH_STEP_MS } from '@lampboard/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Clock } from '../clock.ts';
import { createLiveBoard } from '../pbx/live-board.ts';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { keepHealth } from './health.ts';
import { createMetrics } from './metrics.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PBX = { version: null, demo: false };
const LIVE = { kind: 'link', link: { state: 'live' } } as const;

function keeping() {
  const metrics = createMetrics();
  const clock: Clock = { now: Date.now, elapsed: () => performance.now() };
  const board = createLiveBoard({ pbx: PBX, clock });
  const { writer } = openTestIdentity();
  const store = { bytes: () => 0, writes: writer.counts };
  const health = keepHealth({ metrics, board, store, clock });
  const pass = (steps: number) => vi.advanceTimersByTimeAsync(steps * HEALTH_STEP_MS);
  const down = () => board.observe([{ kind: 'link', link: { state: 'down', since: 0, reason: 'silent' } }]);
  return { metrics, board, health, writer, pass, down };
}

it('[MT4] each point tells what happened since the one before', async () => {
  const { metrics, health, pass } = keeping();
  for (let count = 0; count < 50; count += 1) metrics.amiEvent('ExtensionStatus');
  metrics.frameSent(20, 1.5);
  metrics.consoleOpened();
  metrics.command('set-presence', 'ok');
  metrics.command('set-presence', 'conflict');
  metrics.signIn('password', 'too-many');
  await pass(1);
  metrics.command('set-presence', 'conflict');
  await pass(1);
  const [first, second] = health.read().points;
  expect(first).toMatchObject({ consoles: 1, refusals: { conflict: 1, 'too-many': 1 } });
  expect(first?.events).toBeCloseTo(5);
  expect(first?.changes).toBeCloseTo(2);
  expect(first?.fanOut?.p50).toBeCloseTo(1.5);
  expect(first?.memory).toBeGreaterThan(0);
  expect(second).toMatchObject({ events: 0, changes: 0, fanOut: null, refusals: { conflict: 1 } });
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(HEALTH_STEP_MS);
});

it('[MT4] an hour is kept, and no more', async () => {
  const { health, pass } = keeping();
  await pass(HEALTH_KEPT_MS / HEALTH_STEP_MS + 30);
  const { points, time } = health.read();
  expect(points).toHaveLength(HEALTH_KEPT_MS / HEALTH_STEP_MS);
  expect(points.at(-1)?.at).toBe(time);
});

it('[MT4] an outage is told to the moment, however short', async () => {
  const { board, health, pass, down } = keeping();
  board.restart(PBX, [LIVE]);
  await pass(1);
  down();
  await vi.advanceTimersByTimeAsync(300);
  board.restart(PBX, [LIVE]);
  const [connecting, live, silent, again] = health.read().link;
  expect([connecting, live, silent, again].map((spell) => spell?.reason)).toEqual([
    'connecting',
    null,
    'silent',
    null,
  ]);
  expect((again?.at ?? 0) - (silent?.at ?? 0)).toBeGreaterThanOrEqual(280);
});

it('[MT4] what was an hour ago is forgotten, but for how it began', async () => {
  const { board, health, pass, down } = keeping();
  board.restart(PBX, [LIVE]);
  down();
  await pass(HEALTH_KEPT_MS / HEALTH_STEP_MS + 1);
  board.restart(PBX, [LIVE]);
  expect(health.read().link.map(({ reason }) => reason)).toEqual(['silent', null]);
});

it('[MT4] a link that flaps costs no memory without end', async () => {
  const { board, health, down } = keeping();
  for (let count = 0; count < 600; count += 1) {
    board.restart(PBX, [LIVE]);
    down();
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(health.read().link.length).toBeLessThanOrEqual(500);
  expect(health.read().link.at(-1)?.reason).toBe('silent');
});

it('[MT6] a point counts the writes to the store that failed', async () => {
  const { writer, health, pass } = keeping();
  await pass(1);
  writer.attempt('history', () => {
    throw new Error('no such table');
  });
  await pass(2);
  expect(health.read().points.map(({ storeFailures }) => storeFailures)).toEqual([0, 1, 0]);
});
