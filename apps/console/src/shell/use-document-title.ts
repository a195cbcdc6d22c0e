import { useEffect } from 'react';

/** The title of a page without lamps. */
export function useDocumentTitle(heading: string): void {
  useEffect(() => {
    document.title = `${heading} · Lampboard`;
    document.querySelector('link[rel="icon"]')?.setAttribute('href', '/favicon.svg');
  }, [heading]);
}
