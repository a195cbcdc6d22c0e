import { expect, it } from 'vitest';
import { somethingToShow } from './something-to-show.ts';
import { type FakeLive, createFakeLive } from './testing/fake-live.ts';
import { rowOf } from './testing/row-of.ts';
import { snapshotWith } from './testing/snapshot-with.ts';

const LATEST_MS = 400;

it.each<[what: string, happens: (fake: FakeLive) => void]>([
  ['with the board', (fake) => fake.open(snapshotWith([rowOf('1101')]))],
  ['with the first failure', (fake) => fake.breakOff()],
  ['after its time', (fake) => fake.timers.pass(LATEST_MS)],
])('[BD23] the page is drawn %s, and not before', async (_, happens) => {
  const fake = createFakeLive();
  let isDrawn = false;
  const drawn = somethingToShow(fake.live, LATEST_MS, fake.timers).then(() => (isDrawn = true));
  const stop = fake.live.start();
  fake.timers.pass(LATEST_MS - 1);
  await Promise.resolve();
  expect(isDrawn).toBe(false);
  happens(fake);
  await drawn;
  stop();
});

it('[BD23] a board that is there already is not waited for', async () => {
  const fake = createFakeLive();
  const stop = fake.live.start();
  fake.open(snapshotWith([rowOf('1101')]));
  await somethingToShow(fake.live, LATEST_MS, fake.timers);
  expect(fake.timers.now).toBe(0);
  stop();
});
