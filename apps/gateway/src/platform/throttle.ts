/** Returns `run`, limited to one call per interval: the first call runs immediately, later ones together at its end. */
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
