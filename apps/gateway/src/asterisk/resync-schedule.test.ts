import { expect, it } from 'vitest';
import { createResyncSchedule } from './resync-schedule.ts';

function open() {
  const site = { now: 10_000, bytes: 0 };
  const schedule = createResyncSchedule({
    monotonic: () => site.now,
    bytesReceived: () => site.bytes,
    bytesPerSecond: 5000,
  });
  return { schedule, site };
}

it.each([
  { label: 'a small board', tookMs: 2, bytes: 5000, wait: 1500 },
  { label: 'a large one', tookMs: 40, bytes: 450_000, wait: 90_000 },
  { label: 'a board that the line is far too thin for', tookMs: 40, bytes: 1e12, wait: 86_400_000 },
  { label: 'a slow Asterisk', tookMs: 7000, bytes: 450_000, wait: 350_000 },
])('[AM21] the next list of $label is due in $wait ms', ({ tookMs, bytes, wait }) => {
  const { schedule, site } = open();
  const finish = schedule.start();
  site.now += tookMs;
  site.bytes += bytes;
  expect(finish()).toBe(wait);
});

it('[AM12] [LM4] an urgent resync starts within a second, and another follows it', () => {
  const { schedule, site } = open();
  const finish = schedule.start();
  site.now += 40;
  finish();
  expect(schedule.urgentDelay()).toBe(400);
  site.now += 7000;
  expect(schedule.urgentDelay()).toBe(0);
  const finishUrgent = schedule.start();
  site.now += 40;
  expect(finishUrgent()).toBe(1000);
  const finishAfter = schedule.start();
  site.now += 40;
  expect(finishAfter()).toBe(2000);
});
