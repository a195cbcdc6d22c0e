import type { IncomingMessage } from 'node:http';
import type { Me } from '@lampboard/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredAccount } from '../accounts/stored-account.ts';
import { createSessionCookie } from '../sessions/cookie.ts';
import { type Session, type Sessions, meOf } from '../sessions/sessions.ts';
import { addressOf } from './address.ts';

/** Where browsers and sessions meet: the cookie, and nothing else, says whose a request is. */
export interface SessionBorder {
  of(request: Pick<IncomingMessage, 'headers'>): Session | null;
  /** A fresh session with a token of its own, whatever cookie came along; what was signed in here before is ended. */
  begin(
    account: StoredAccount,
    request: FastifyRequest,
    reply: FastifyReply,
    /** A session of this browser's whose cookie did not come along, by its id. */
    replaces?: string | null,
  ): Me;
  end(request: FastifyRequest, reply: FastifyReply): void;
}

export function createSessionBorder({
  sessions,
  name,
  overTls,
  maxMs,
}: {
  sessions: Sessions;
  /** The cookie's. */
  name: string;
  overTls: boolean;
  /** The longest that a session lasts, in milliseconds. */
  maxMs: number;
}): SessionBorder {
  const cookie = createSessionCookie({ name, overTls, maxAgeMs: maxMs });

  const of: SessionBorder['of'] = ({ headers }) => {
    const token = cookie.read(headers.cookie);
    return token === undefined ? null : sessions.resolve(token);
  };

  return {
    of,
    begin(account, request, reply, replaces = null) {
      const old = of(request.raw) ?? (replaces === null ? null : sessions.find(replaces));
      const browser = request.headers['user-agent'] ?? '';
      const token = sessions.begin(account.id, { address: addressOf(request), browser }, old);
      reply.header('set-cookie', cookie.set(token));
      return meOf({ account });
    },
    end(request, reply) {
      const old = of(request.raw);
      if (old !== null) sessions.end(old.account.id, old.id);
      reply.header('set-cookie', cookie.clear());
    },
  };
}
