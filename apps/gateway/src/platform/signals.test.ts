import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handleSignals } from './signals.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

let exits: number[] = [];
const startHandling = () => handleSignals({ exit: (code) => void exits.push(code) });
let stderr = '';
beforeEach(() => {
  const before = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  exits = [];
  stderr = '';
  vi.useFakeTimers();
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  return () => {
    for (const [signal, listeners] of before) {
      for (const added of process.listeners(signal).filter((listener) => !listeners.includes(listener)))
        process.removeListener(signal, added);
    }
  };
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const never = () => new Promise<void>(() => {});

it('[CF10] ends a service that does not stop within five seconds, with a message', async () => {
  startHandling().serve({ reload: () => {}, stop: never });
  process.emit('SIGTERM');
  await vi.advanceTimersByTimeAsync(3000);
  expect(exits).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(exits).toEqual([1]);
  expect(stderr).toMatch(/^Lampboard: not stopped within \d s\n$/);
});

it('[CF10] a duplicate signal counts once; a later one ends the process', async () => {
  let stops = 0;
  startHandling().serve({
    reload: () => {},
    stop() {
      stops += 1;
      return never();
    },
  });
  process.emit('SIGINT');
  process.emit('SIGINT');
  process.emit('SIGTERM');
  expect([stops, exits]).toEqual([1, []]);
  await vi.advanceTimersByTimeAsync(1500);
  process.emit('SIGTERM');
  expect([stops, exits]).toEqual([1, [1]]);
});

it('[CF10] a failing stop ends the process', async () => {
  startHandling().serve({ reload: () => {}, stop: () => Promise.reject(new TypeError('hush')) });
  process.emit('SIGTERM');
  await vi.advanceTimersByTimeAsync(0);
  expect([exits, stderr]).toEqual([[1], 'Lampboard: could not stop: TypeError\n']);
});

it('[CF12] SIGHUP reloads, and is ignored before there is a service', async () => {
  const signals = startHandling();
  process.emit('SIGHUP');
  let reloads = 0;
  signals.serve({ reload: () => void (reloads += 1), stop: never });
  process.emit('SIGHUP');
  expect([reloads, exits]).toEqual([1, []]);
});
