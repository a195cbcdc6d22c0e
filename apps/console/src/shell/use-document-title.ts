import { useEffect } from 'react';

/** Title of a page without a live board. */
export function useDocumentTitle(heading: string): void {
  useEffect(() => {
    document.title = `${heading} · Lampboard`;
    document.querySelector('link[rel="icon"]')?.setAttribute('href', '/favicon.svg');
  }, [heading]);
}
