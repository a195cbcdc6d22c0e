import { parseCookie, stringifySetCookie } from 'cookie';
import type { IncomingMessage } from 'node:http';
import type { Me } from '@lampboard/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredAccount } from '../auth/stored-account.ts';
import { type Session, type Sessions, toMe } from '../auth/sessions.ts';
import { clientIp } from './client-ip.ts';

export type SessionAuth = ReturnType<typeof createSessionAuth>;

export function createSessionAuth(sessions: Sessions, cookieOptions: SessionCookieOptions) {
  const cookie = createSessionCookie(cookieOptions);

  function getSession({ headers }: Pick<IncomingMessage, 'headers'>): Session | null {
    const token = cookie.read(headers.cookie);
    return token === undefined ? null : sessions.resolve(token);
  }

  return {
    getSession,
    /** Starts a session and ends the previous one of this browser; `previousSessionId` if its cookie was not sent. */
    createSession(
      account: StoredAccount,
      request: FastifyRequest,
      reply: FastifyReply,
      previousSessionId: string | null = null,
    ): Me {
      const previous =
        getSession(request.raw) ?? (previousSessionId === null ? null : sessions.find(previousSessionId));
      const userAgent = request.headers['user-agent'] ?? '';
      const token = sessions.create(account.id, { address: clientIp(request), userAgent }, previous);
      reply.header('set-cookie', cookie.set(token));
      return toMe({ account });
    },
    endSession(request: FastifyRequest, reply: FastifyReply) {
      const previous = getSession(request.raw);
      if (previous !== null) sessions.revoke(previous.account.id, previous.id);
      reply.header('set-cookie', cookie.clear());
    },
  };
}

interface CookieNameOptions {
  overTls: boolean;
  basePath: string;
  store: string;
}

/**
 * Names cookies by the store, as ports share them. `__Host-` binds to host, TLS and the path `/`, `__Secure-` to TLS
 * (RFC 6265bis, 4.1.3).
 */
export function cookieName({ overTls, basePath, store }: CookieNameOptions): string {
  const prefix = basePath === '/' ? '__Host-' : '__Secure-';
  return `${overTls ? prefix : ''}lampboard-${store}`;
}

interface SessionCookieOptions {
  name: string;
  overTls: boolean;
  basePath: string;
  maxAgeMs: number;
}

/** The cookie with a session's token, inaccessible to scripts; `set` and `clear` return `Set-Cookie` headers. */
export function createSessionCookie({ name, overTls, basePath, maxAgeMs }: SessionCookieOptions) {
  const attributes = { httpOnly: true, sameSite: 'strict', secure: overTls, path: basePath } as const;
  return {
    read: (header: string | undefined) => (header === undefined ? undefined : parseCookie(header)[name]),
    set: (value: string) =>
      stringifySetCookie({ name, value, maxAge: Math.max(1, Math.floor(maxAgeMs / 1000)), ...attributes }),
    clear: () => stringifySetCookie({ name, value: '', maxAge: 0, ...attributes }),
  };
}
