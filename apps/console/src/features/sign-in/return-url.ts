/** Pages that are no place to go back to. */
const EXCLUDED_PATHS: readonly string[] = ['/sign-in', '/setup'];

/**
 * The place on this site that a `to` of the address leads to; `/` for anything else, so that no link can send somebody
 * who signs in to another site.
 */
export function safeReturnPath(to: string | null, origin = window.location.origin): string {
  if (to === null || !/^\/(?![/\\])/u.test(to)) return '/';
  if (!URL.canParse(to, origin)) return '/';
  const url = new URL(to, origin);
  if (url.origin !== origin || url.pathname.startsWith('//')) return '/';
  return EXCLUDED_PATHS.includes(url.pathname) ? '/' : url.pathname + url.search + url.hash;
}

/** The way to the sign-in page, which leads back to where one was heading. */
export function signInHref(target: string): string {
  const safe = safeReturnPath(target);
  return safe === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(safe)}`;
}
