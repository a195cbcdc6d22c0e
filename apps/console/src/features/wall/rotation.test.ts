import { describe, expect, it } from 'vitest';
import { createManualTimers } from '../../live/testing/manual-timers.ts';
import { createRotation } from './rotation.ts';

const EVERY_MS = 20_000;

function rotating(keys: readonly string[] = ['a', 'b', 'c']) {
  const timers = createManualTimers();
  const rotation = createRotation({ everyMs: EVERY_MS, timers });
  rotation.show(keys);
  const stop = rotation.start();
  return { timers, rotation, stop, at: () => rotation.store.getState().at };
}

describe('[WL2] turning by time', () => {
  it('goes round all pages, each for as long', () => {
    const { timers, at } = rotating();
    const seen = Array.from({ length: 7 }, () => {
      const before = at();
      timers.pass(EVERY_MS - 1);
      expect(at()).toBe(before);
      timers.pass(1);
      return at();
    });
    expect(seen).toEqual(['b', 'c', 'a', 'b', 'c', 'a', 'b']);
  });

  it('stays where it is when other pages come and go', () => {
    const { timers, rotation, at } = rotating();
    timers.pass(EVERY_MS);
    rotation.show(['x', 'a', 'b', 'y']);
    expect(at()).toBe('b');
    timers.pass(EVERY_MS);
    expect(at()).toBe('y');
  });

  it('shows what stands in its place when its page has gone', () => {
    const { rotation, timers, at } = rotating();
    timers.pass(2 * EVERY_MS);
    rotation.show(['a', 'b']);
    expect(at()).toBe('b');
    rotation.show([]);
    expect(at()).toBe(null);
    rotation.show(['d']);
    expect(at()).toBe('d');
  });

  it('a wall with nobody turns nothing, and nothing more runs once it is put away', () => {
    const { timers, rotation, at, stop } = rotating([]);
    timers.pass(EVERY_MS * 3);
    expect(at()).toBe(null);
    rotation.show(['a', 'b']);
    stop();
    timers.pass(EVERY_MS * 3);
    expect(at()).toBe('a');
  });
});

describe('[WL4] turning by key', () => {
  it('goes both ways, round the ends, and begins the time anew', () => {
    const { timers, rotation, at } = rotating();
    rotation.turn(-1);
    expect(at()).toBe('c');
    timers.pass(EVERY_MS - 1);
    rotation.turn(1);
    expect(at()).toBe('a');
    timers.pass(EVERY_MS - 1);
    expect(at()).toBe('a');
  });

  it('pauses until told to go on; turning by hand still works', () => {
    const { timers, rotation, at } = rotating();
    rotation.togglePause();
    timers.pass(EVERY_MS * 10);
    expect(at()).toBe('a');
    rotation.turn(1);
    timers.pass(EVERY_MS * 10);
    expect(at()).toBe('b');
    rotation.togglePause();
    timers.pass(EVERY_MS);
    expect(at()).toBe('c');
  });
});
