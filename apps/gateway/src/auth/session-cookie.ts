import { parseCookie, stringifySetCookie } from 'cookie';

/** The cookie that holds a session's token, and no script can read. */
export interface SessionCookie {
  /** The token in a request's `Cookie` header. */
  read(header: string | undefined): string | undefined;
  /** A `Set-Cookie` header. */
  set(token: string): string;
  clear(): string;
}

/**
 * Names this gateway's cookies by its store: browsers send cookies to every port of a host, and two Lampboards there would
 * sign each other's users out. Over TLS the name begins with `__Host-`: browsers then take it only from this very host and
 * only as `Secure` (RFC 6265bis, 4.1.3.2).
 */
export function cookieName({ overTls, store }: { overTls: boolean; store: string }): string {
  return `${overTls ? '__Host-' : ''}lampboard-${store}`;
}

/**
 * `maxAgeMs` is the longest that a session lasts; whether it still does is for the gateway to say.
 */
export function createSessionCookie({
  name,
  overTls,
  maxAgeMs,
}: {
  name: string;
  overTls: boolean;
  maxAgeMs: number;
}): SessionCookie {
  const attributes = { httpOnly: true, sameSite: 'strict', secure: overTls, path: '/' } as const;
  return {
    read: (header) => (header === undefined ? undefined : parseCookie(header)[name]),
    set: (value) =>
      stringifySetCookie({ name, value, maxAge: Math.max(1, Math.floor(maxAgeMs / 1000)), ...attributes }),
    clear: () => stringifySetCookie({ name, value: '', maxAge: 0, ...attributes }),
  };
}
