import type { IncomingMessage } from 'node:http';
import type { Me } from '@lampboard/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredAccount } from '../accounts/accounts.ts';
import { createSessionCookie } from '../sessions/cookie.ts';
import { type Session, type Sessions, meOf } from '../sessions/sessions.ts';

/** Where browsers and sessions meet: the cookie, and nothing else, says whose a request is. */
export interface SessionBorder {
  of(request: Pick<IncomingMessage, 'headers'>): Session | null;
  me(request: FastifyRequest): { readonly value: Me } | null;
  /** A fresh session with a token of its own, whatever cookie came along; what was signed in here before is ended. */
  begin(account: StoredAccount, request: FastifyRequest, reply: FastifyReply): { readonly value: Me };
  end(request: FastifyRequest, reply: FastifyReply): void;
}

export function createSessionBorder({
  sessions,
  overTls,
  maxMs,
}: {
  sessions: Sessions;
  overTls: boolean;
  /** The longest that a session lasts, in milliseconds. */
  maxMs: number;
}): SessionBorder {
  const cookie = createSessionCookie({ overTls, maxAgeMs: maxMs });

  const of: SessionBorder['of'] = ({ headers }) => {
    const token = cookie.read(headers.cookie);
    return token === undefined ? null : sessions.resolve(token);
  };
  function endOld(request: FastifyRequest): void {
    const old = of(request.raw);
    if (old !== null) sessions.end(old.account.id, old.id);
  }

  return {
    of,
    me(request) {
      const session = of(request.raw);
      return session === null ? null : { value: meOf(session) };
    },
    begin(account, request, reply) {
      endOld(request);
      const browser = request.headers['user-agent'] ?? '';
      const token = sessions.begin(account.id, { address: request.ip, browser });
      reply.header('set-cookie', cookie.set(token));
      return { value: meOf({ account }) };
    },
    end(request, reply) {
      endOld(request);
      reply.header('set-cookie', cookie.clear());
    },
  };
}
