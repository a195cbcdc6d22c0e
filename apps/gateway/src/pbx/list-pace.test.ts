import { expect, it } from 'vitest';
import { createListPace } from './list-pace.ts';

function open() {
  const site = { now: 10_000, bytes: 0 };
  const pace = createListPace({
    elapsed: () => site.now,
    bytesReceived: () => site.bytes,
    bytesPerSecond: 5000,
  });
  return { pace, site };
}

it.each([
  { what: 'a small board', tookMs: 2, bytes: 5000, wait: 1500 },
  { what: 'a large one', tookMs: 40, bytes: 450_000, wait: 90_000 },
  { what: 'a board that the line is far too thin for', tookMs: 40, bytes: 1e12, wait: 86_400_000 },
  { what: 'a slow Asterisk', tookMs: 7000, bytes: 450_000, wait: 350_000 },
])('[AM21] the next list of $what is due in $wait ms', ({ tookMs, bytes, wait }) => {
  const { pace, site } = open();
  const ended = pace.begin();
  site.now += tookMs;
  site.bytes += bytes;
  expect(ended()).toBe(wait);
});

it('[AM12] [LM4] one that something calls for follows within a second, and another after it', () => {
  const { pace, site } = open();
  const ended = pace.begin();
  site.now += 40;
  ended();
  expect(pace.urgent()).toBe(400);
  site.now += 7000;
  expect(pace.urgent()).toBe(0);
  const endedUrgent = pace.begin();
  site.now += 40;
  expect(endedUrgent()).toBe(1000);
  const endedAfter = pace.begin();
  site.now += 40;
  expect(endedAfter()).toBe(2000);
});
