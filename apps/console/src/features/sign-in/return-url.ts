const EXCLUDED_PATHS: readonly string[] = ['/sign-in', '/setup', '/invite'];

/** Returns the same-origin path of the `to` parameter, else `/`: prevents open redirects. */
export function safeReturnPath(to: string | null, origin = window.location.origin): string {
  if (to === null || !/^\/(?![/\\])/u.test(to)) return '/';
  if (!URL.canParse(to, origin)) return '/';
  const url = new URL(to, origin);
  if (url.origin !== origin || url.pathname.startsWith('//')) return '/';
  return EXCLUDED_PATHS.includes(url.pathname) ? '/' : url.pathname + url.search + url.hash;
}

/** Returns the address of the sign-in page that leads back to `target`. */
export function signInHref(target: string): string {
  const safe = safeReturnPath(target);
  return safe === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(safe)}`;
}
