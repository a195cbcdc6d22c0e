/**
 * Runs at once, and at most every so many milliseconds: what is asked for in between is one run at the end of the time.
 */
export function throttle(intervalMs: number, run: () => void): () => void {
  let isThrottled = false;
  let isPending = false;

  return function throttled(): void {
    if (isThrottled) {
      isPending = true;
      return;
    }
    run();
    isThrottled = true;
    setTimeout(() => {
      isThrottled = false;
      if (isPending) throttled();
      isPending = false;
    }, intervalMs);
  };
}
