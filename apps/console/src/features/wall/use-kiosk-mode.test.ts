import { describe, expect, it } from 'vitest';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { startWakeLock, startAutoReload } from './use-kiosk-mode.ts';

describe('[WL6] a page that is outdated', () => {
  function outdated() {
    const timers = createManualTimers();
    const stored = new Map<string, string>();
    const page = { isUp: true, reloads: [] as number[] };
    const startReload = () =>
      startAutoReload({
        timers,
        now: () => timers.now,
        storage: {
          getItem: (key) => stored.get(key) ?? null,
          setItem: (key, value) => void stored.set(key, value),
        },
        isServerUp: () => Promise.resolve(page.isUp),
        reload: () => page.reloads.push(timers.now),
      });
    const advance = async (ms: number) => {
      timers.advance(ms);
      await Promise.resolve();
    };
    timers.now = 1_000_000;
    return { page, startReload, advance };
  }

  it('reloads immediately, then at most once a minute', async () => {
    const { page, startReload, advance } = outdated();
    startReload();
    await advance(0);
    expect(page.reloads).toEqual([1_000_000]);
    startReload();
    await advance(59_999);
    expect(page.reloads).toHaveLength(1);
    await advance(1);
    expect(page.reloads).toHaveLength(2);
  });

  it('waits until the gateway serves, so that it never ends at the browser’s error page', async () => {
    const { page, startReload, advance } = outdated();
    page.isUp = false;
    startReload();
    for (let times = 0; times < 20; times += 1) await advance(5000);
    expect(page.reloads).toEqual([]);
    page.isUp = true;
    await advance(5000);
    expect(page.reloads).toHaveLength(1);
  });

  it('does not reload a page that is compatible again', async () => {
    const { page, startReload, advance } = outdated();
    startReload()();
    await advance(120_000);
    expect(page.reloads).toEqual([]);
  });
});

describe('[WL7] the screen stays on', () => {
  function screenOf({ refuses = false } = {}) {
    const screen = { held: 0 };
    const events = new EventTarget();
    let visibilityState: DocumentVisibilityState = 'visible';
    const lock = () => {
      screen.held += 1;
      return Object.assign(new EventTarget(), {
        released: false,
        type: 'screen' as const,
        onrelease: null,
        release: () => {
          screen.held -= 1;
          return Promise.resolve();
        },
      });
    };
    const page = {
      get visibilityState() {
        return visibilityState;
      },
      addEventListener: events.addEventListener.bind(events),
      removeEventListener: events.removeEventListener.bind(events),
    };
    const wakeLock = {
      request: () => (refuses ? Promise.reject(new Error('low')) : Promise.resolve(lock())),
    };
    const become = async (state: DocumentVisibilityState) => {
      visibilityState = state;
      // The browser releases the lock of a hidden page.
      if (state === 'hidden') screen.held = 0;
      events.dispatchEvent(new Event('visibilitychange'));
      await Promise.resolve();
    };
    return { screen, page, wakeLock, become };
  }

  it('holds the lock while the page is visible, also after it was hidden, and not after unmount', async () => {
    const { screen, page, wakeLock, become } = screenOf();
    const stop = startWakeLock(page, { wakeLock });
    await Promise.resolve();
    expect(screen.held).toBe(1);
    await become('hidden');
    expect(screen.held).toBe(0);
    await become('visible');
    expect(screen.held).toBe(1);
    stop();
    expect(screen.held).toBe(0);
    await become('visible');
    expect(screen.held).toBe(0);
  });

  it('works without wake locks', async () => {
    const { page, wakeLock, become } = screenOf({ refuses: true });
    for (const navigator of [{ wakeLock }, {}]) {
      const stop = startWakeLock(page, navigator);
      await become('visible');
      expect(stop).not.toThrow();
    }
  });
});
