import { expect, it } from 'vitest';
import { waitForFirstBoard } from './wait-for-first-board.ts';
import { type FakeLive, createFakeLive } from '../../testing/fake-live.ts';
import { testExtension, snapshotWith } from '../../testing/fixtures.ts';

const TIMEOUT_MS = 400;

it.each<[label: string, trigger: (fake: FakeLive) => void]>([
  ['with the board', (fake) => fake.open(snapshotWith([testExtension('1101')]))],
  ['with the first failure', (fake) => fake.breakOff()],
  ['after the timeout', (fake) => fake.timers.advance(TIMEOUT_MS)],
])('[BD23] resolves %s, and not before', async (_, trigger) => {
  const fake = createFakeLive();
  let isResolved = false;
  const rendered = waitForFirstBoard(fake.live, TIMEOUT_MS, fake.timers).then(() => (isResolved = true));
  const stop = fake.live.start();
  fake.timers.advance(TIMEOUT_MS - 1);
  await Promise.resolve();
  expect(isResolved).toBe(false);
  trigger(fake);
  await rendered;
  stop();
});

it('[BD23] resolves immediately where there is a board already', async () => {
  const fake = createFakeLive();
  const stop = fake.live.start();
  fake.open(snapshotWith([testExtension('1101')]));
  await waitForFirstBoard(fake.live, TIMEOUT_MS, fake.timers);
  expect(fake.timers.now).toBe(0);
  stop();
});
