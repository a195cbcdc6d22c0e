/** Pages that are no place to go back to. */
const NO_TARGETS: readonly string[] = ['/sign-in', '/welcome'];

/**
 * The place on this site that a `to` of the address leads to; `/` for anything else, so that no link can send somebody
 * who signs in to another site.
 */
export function safeTarget(to: string | null, origin = window.location.origin): string {
  if (to === null || !/^\/(?![/\\])/u.test(to)) return '/';
  if (!URL.canParse(to, origin)) return '/';
  const url = new URL(to, origin);
  if (url.origin !== origin || url.pathname.startsWith('//')) return '/';
  return NO_TARGETS.includes(url.pathname) ? '/' : url.pathname + url.search + url.hash;
}

/** The way to the sign-in page, which leads back to where one was heading. */
export function signInWay(target: string): string {
  const safe = safeTarget(target);
  return safe === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(safe)}`;
}
