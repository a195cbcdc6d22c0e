/** Waits for conditions of an event source without polling. */
export function createEventWaiter() {
  const pending = new Set<{ check: () => void; fail: (reason: string) => void }>();
  let failed: string | undefined;
  return {
    /** Runs all pending probes. */
    check() {
      for (const waiter of pending) waiter.check();
    },
    /** Rejects all pending and future waits. */
    fail(reason: string) {
      failed = reason;
      for (const waiter of pending) waiter.fail(reason);
    },
    /** Returns the first value of `probe`, which runs now and at each `check`; throws after `ms` milliseconds. */
    wait<T>(what: () => string, probe: () => T | undefined, ms: number): Promise<T> {
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
