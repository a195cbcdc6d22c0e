import type { IncomingMessage } from 'node:http';
import type { Me } from '@lampboard/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredAccount } from '../auth/stored-account.ts';
import { createSessionCookie } from '../auth/session-cookie.ts';
import { type Session, type Sessions, toMe } from '../auth/sessions.ts';
import { clientIp } from './client-ip.ts';

/** Where browsers and sessions meet: the cookie, and nothing else, says whose a request is. */
export interface SessionAuth {
  getSession(request: Pick<IncomingMessage, 'headers'>): Session | null;
  /** A fresh session with a token of its own, whatever cookie came along; what was signed in here before is ended. */
  createSession(
    account: StoredAccount,
    request: FastifyRequest,
    reply: FastifyReply,
    /** A session of this browser's whose cookie did not come along, by its id. */
    previousSessionId?: string | null,
  ): Me;
  endSession(request: FastifyRequest, reply: FastifyReply): void;
}

export function createSessionAuth({
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
}): SessionAuth {
  const cookie = createSessionCookie({ name, overTls, maxAgeMs: maxMs });

  const getSession: SessionAuth['getSession'] = ({ headers }) => {
    const token = cookie.read(headers.cookie);
    return token === undefined ? null : sessions.resolve(token);
  };

  return {
    getSession,
    createSession(account, request, reply, previousSessionId = null) {
      const previous =
        getSession(request.raw) ?? (previousSessionId === null ? null : sessions.find(previousSessionId));
      const userAgent = request.headers['user-agent'] ?? '';
      const token = sessions.create(account.id, { address: clientIp(request), userAgent }, previous);
      reply.header('set-cookie', cookie.set(token));
      return toMe({ account });
    },
    endSession(request, reply) {
      const previous = getSession(request.raw);
      if (previous !== null) sessions.revoke(previous.account.id, previous.id);
      reply.header('set-cookie', cookie.clear());
    },
  };
}
