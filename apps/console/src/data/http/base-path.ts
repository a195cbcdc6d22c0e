import { photoPath } from '@lampboard/protocol';

/**
 * Returns the path below which the gateway serves the page, without its last slash: empty, or that of the public URL.
 * The gateway writes it into the page, since one build serves any path.
 */
export function basePath(): string {
  const element = document.querySelector<HTMLMetaElement>('meta[name="base-path"]');
  return element?.content.replace(/\/$/u, '') ?? '';
}

/** Returns the address of a photo; null without one. */
export const photoUrl = (hash: string | undefined): string | null =>
  hash === undefined ? null : basePath() + photoPath(hash);

/** Returns the path of the address below the base path. */
export const currentPath = (): string => window.location.pathname.slice(basePath().length);
