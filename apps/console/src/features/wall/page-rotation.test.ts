import { describe, expect, it } from 'vitest';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { createPageRotation } from './page-rotation.ts';

const INTERVAL_MS = 20_000;

function startRotation(keys: readonly string[] = ['a', 'b', 'c']) {
  const timers = createManualTimers();
  const rotation = createPageRotation({ intervalMs: INTERVAL_MS, timers });
  rotation.setPages(keys);
  const stop = rotation.start();
  return { timers, rotation, stop, currentKey: () => rotation.store.getState().currentKey };
}

describe('[WL2] turning by time', () => {
  it('rotates through all pages, each for the same time', () => {
    const { timers, currentKey } = startRotation();
    const seen = Array.from({ length: 7 }, () => {
      const before = currentKey();
      timers.advance(INTERVAL_MS - 1);
      expect(currentKey()).toBe(before);
      timers.advance(1);
      return currentKey();
    });
    expect(seen).toEqual(['b', 'c', 'a', 'b', 'c', 'a', 'b']);
  });

  it('keeps the current page when others are added or removed', () => {
    const { timers, rotation, currentKey } = startRotation();
    timers.advance(INTERVAL_MS);
    rotation.setPages(['x', 'a', 'b', 'y']);
    expect(currentKey()).toBe('b');
    timers.advance(INTERVAL_MS);
    expect(currentKey()).toBe('y');
  });

  it('shows the page at the same position when the current one is removed', () => {
    const { rotation, timers, currentKey } = startRotation();
    timers.advance(2 * INTERVAL_MS);
    rotation.setPages(['a', 'b']);
    expect(currentKey()).toBe('b');
    rotation.setPages([]);
    expect(currentKey()).toBe(null);
    rotation.setPages(['d']);
    expect(currentKey()).toBe('d');
  });

  it('rotates nothing without pages, and runs no timer after a stop', () => {
    const { timers, rotation, currentKey, stop } = startRotation([]);
    timers.advance(INTERVAL_MS * 3);
    expect(currentKey()).toBe(null);
    rotation.setPages(['a', 'b']);
    stop();
    timers.advance(INTERVAL_MS * 3);
    expect(currentKey()).toBe('a');
  });
});

describe('[WL4] turning by key', () => {
  it('advances in both directions, wraps around, and restarts the timer', () => {
    const { timers, rotation, currentKey } = startRotation();
    rotation.advance(-1);
    expect(currentKey()).toBe('c');
    timers.advance(INTERVAL_MS - 1);
    rotation.advance(1);
    expect(currentKey()).toBe('a');
    timers.advance(INTERVAL_MS - 1);
    expect(currentKey()).toBe('a');
  });

  it('pauses until resumed; manual turns still work', () => {
    const { timers, rotation, currentKey } = startRotation();
    rotation.togglePause();
    timers.advance(INTERVAL_MS * 10);
    expect(currentKey()).toBe('a');
    rotation.advance(1);
    timers.advance(INTERVAL_MS * 10);
    expect(currentKey()).toBe('b');
    rotation.togglePause();
    timers.advance(INTERVAL_MS);
    expect(currentKey()).toBe('c');
  });
});
