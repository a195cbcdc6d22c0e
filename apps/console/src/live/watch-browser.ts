interface BrowserEvents {
  onOffline: () => void;
  /** The network is back, or somebody looks at the page again. */
  onBack: () => void;
}

/** Tells when the browser itself knows more about the network than a socket does; returns what stops it. */
export function watchBrowser({ onOffline, onBack }: BrowserEvents): () => void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') onBack();
  };
  const onShown = ({ persisted }: PageTransitionEvent) => {
    if (persisted) onBack();
  };
  window.addEventListener('offline', onOffline);
  window.addEventListener('online', onBack);
  window.addEventListener('pageshow', onShown);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    window.removeEventListener('offline', onOffline);
    window.removeEventListener('online', onBack);
    window.removeEventListener('pageshow', onShown);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
