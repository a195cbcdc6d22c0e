/** Milliseconds between two steps in Safari, which has no `requestIdleCallback`. */
const DELAY_MS = 1000;

/** Runs a step in idle moments of the page, again while it returns true. The returned function stops it. */
export function runWhenIdle(step: () => boolean): () => void {
  let cancel = () => {};

  function run(isIdle: () => boolean) {
    do if (!step()) return;
    while (isIdle());
    request();
  }

  function request() {
    if ('requestIdleCallback' in window) {
      const handle = window.requestIdleCallback((deadline) => run(() => deadline.timeRemaining() > 0));
      cancel = () => window.cancelIdleCallback(handle);
    } else {
      const timer = setTimeout(run, DELAY_MS, () => false);
      cancel = () => clearTimeout(timer);
    }
  }

  request();
  return () => cancel();
}
