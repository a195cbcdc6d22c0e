interface EventWaiter {
  /** Lets everybody who waits look again: something has come. */
  check(): void;
  /** Fails everybody who waits, and whoever comes later, with this reason. */
  fail(reason: string): void;
  /** What `probe` gives first, looked at now and at each `look`; throws after `ms` milliseconds. */
  wait<T>(options: { what: () => string; ms: number; probe: () => T | undefined }): Promise<T>;
}

/** For sources that push: waits for a condition without polling, with a deadline and words for when it is missed. */
export function createEventWaiter(): EventWaiter {
  const pending = new Set<{ check: () => void; fail: (reason: string) => void }>();
  let failed: string | undefined;
  return {
    check() {
      for (const waiter of pending) waiter.check();
    },
    fail(reason) {
      failed = reason;
      for (const waiter of pending) waiter.fail(reason);
    },
    wait({ what, ms, probe }) {
      return new Promise((resolve, reject) => {
        const remove = (): void => {
          clearTimeout(timer);
          pending.delete(waiter);
        };
        const waiter = {
          check() {
            const found = probe();
            if (found === undefined) return;
            remove();
            resolve(found);
          },
          fail(reason: string) {
            remove();
            reject(new Error(`${reason}, while waiting for ${what()}`));
          },
        };
        const timer = setTimeout(() => waiter.fail(`not within ${ms} ms`), ms);
        pending.add(waiter);
        waiter.check();
        if (failed !== undefined) waiter.fail(failed);
      });
    },
  };
}
