/** Keeps the screen on for as long as the page is seen, where the browser can; returns what lets it sleep again. */
export function keepAwake(
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>,
  { wakeLock }: { readonly wakeLock?: Pick<WakeLock, 'request'> },
): () => void {
  let stopped = false;
  let lock: WakeLockSentinel | null = null;

  const hold = async () => {
    if (wakeLock === undefined || stopped || page.visibilityState !== 'visible') return;
    try {
      const held = await wakeLock.request('screen');
      if (stopped) await held.release();
      else lock = held;
    } catch {
      // Refused, on a low battery for instance: asked again when the page is next seen.
    }
  };
  // A page that goes out of sight loses it.
  const onVisibility = () => void hold();
  page.addEventListener('visibilitychange', onVisibility);
  void hold();

  return () => {
    stopped = true;
    page.removeEventListener('visibilitychange', onVisibility);
    void lock?.release();
  };
}
