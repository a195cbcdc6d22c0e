/** The clients of one account send so much in a second at most, all together. */
const MAX_FRAMES = 2000;
const MAX_BYTES = 512 * 1024;
const WINDOW_MS = 1000;

/** Counts what clients send: frames of every kind, requests of long polling, and bytes. */
export interface TrafficBudget {
  /** Counts; false where it is more than the account may send in this second. */
  spend(accountId: number, sent: { readonly frames?: number; readonly bytes?: number }): boolean;
}

/** `elapsed` is a clock in milliseconds that never goes back. */
export function createTrafficBudget(elapsed: () => number = () => performance.now()): TrafficBudget {
  const spent = new Map<number, { frames: number; bytes: number }>();
  let windowEnd = 0;

  return {
    spend(accountId, { frames = 0, bytes = 0 }) {
      if (elapsed() >= windowEnd) {
        spent.clear();
        windowEnd = elapsed() + WINDOW_MS;
      }
      const account = spent.get(accountId) ?? { frames: 0, bytes: 0 };
      account.frames += frames;
      account.bytes += bytes;
      spent.set(accountId, account);
      return account.frames <= MAX_FRAMES && account.bytes <= MAX_BYTES;
    },
  };
}
