interface Waiters {
  /** Lets everybody who waits look again: something has come. */
  look(): void;
  /** Fails everybody who waits, and whoever comes later, with this reason. */
  fail(reason: string): void;
  /** What `probe` gives first, looked at now and at each `look`; throws after `ms` milliseconds. */
  wait<T>(options: { what: () => string; ms: number; probe: () => T | undefined }): Promise<T>;
}

/** For sources that push: waits for a condition without polling, with a deadline and words for when it is missed. */
export function createWaiters(): Waiters {
  const waiting = new Set<{ look: () => void; fail: (reason: string) => void }>();
  let failed: string | undefined;
  return {
    look() {
      for (const waiter of waiting) waiter.look();
    },
    fail(reason) {
      failed = reason;
      for (const waiter of waiting) waiter.fail(reason);
    },
    wait({ what, ms, probe }) {
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          clearTimeout(timer);
          waiting.delete(waiter);
        };
        const waiter = {
          look() {
            const found = probe();
            if (found === undefined) return;
            leave();
            resolve(found);
          },
          fail(reason: string) {
            leave();
            reject(new Error(`${reason}, while waiting for ${what()}`));
          },
        };
        const timer = setTimeout(() => waiter.fail(`not within ${ms} ms`), ms);
        waiting.add(waiter);
        waiter.look();
        if (failed !== undefined) waiter.fail(failed);
      });
    },
  };
}
