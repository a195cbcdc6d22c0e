import {
  acceptInvitation,
  demoSignIn,
  invitationLink,
  setupLink,
  setupAdmin,
  signIn as signInBody,
} from '@lampboard/protocol';
import type * as z from 'zod/mini';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FirstAdmin } from '../auth/first-admin.ts';
import type { InvitationSignIn } from '../auth/invitation-sign-in.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { SignIn, SignInResult } from '../auth/sign-in.ts';
import { failure } from '../platform/failure.ts';
import { toMe } from '../auth/sessions.ts';
import type { SessionAuth } from './session-auth.ts';
import { clientIp } from './client-ip.ts';
import { sendResult } from './reply.ts';

const INVALID = failure('invalid', 'The request is invalid.');

interface SignInRoutesOptions {
  signIn: SignIn;
  firstAdmin: FirstAdmin;
  invitationSignIn: InvitationSignIn;
  sessionAuth: SessionAuth;
  audit: AuditLog;
}

/** `/api/sign-in`, `/api/sign-out`, `/api/me`. */
export function signInRoutes(web: FastifyInstance, options: SignInRoutesOptions): void {
  const { signIn, firstAdmin, invitationSignIn, sessionAuth, audit } = options;
  /** Adds a route for POST requests whose body matches `schema`. */
  function post<T>(
    path: string,
    schema: z.ZodMiniType<T>,
    handle: (body: T, request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>,
  ): void {
    web.post(path, (request, reply) => {
      const { data } = schema.safeParse(request.body);
      return data === undefined ? sendResult(reply, INVALID) : handle(data, request, reply);
    });
  }

  function sendSignIn(result: SignInResult, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (!result.ok) return sendResult(reply, result);
    return sendResult(reply, { ok: true, value: sessionAuth.createSession(result.account, request, reply) });
  }

  function sendLinkResult(
    result: Awaited<ReturnType<FirstAdmin['check']>>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply {
    if (!result.ok && (result.code === 'link-expired' || result.code === 'too-many')) {
      const event = result.code === 'too-many' ? 'throttled' : 'sign-in-refused';
      audit.record(event, { actor: null, address: clientIp(request), detail: `first link ${result.code}` });
    }
    return sendResult(reply, result);
  }

  web.get('/api/sign-in', () => ({ ok: true, value: signIn.options() }));
  web.get('/api/me', (request, reply) => {
    const session = sessionAuth.getSession(request.raw);
    if (session === null) return sendResult(reply, failure('signed-out', 'You are not signed in.'));
    return sendResult(reply, { ok: true, value: toMe(session) });
  });
  post('/api/sign-in', signInBody, async ({ account, password }, request, reply) =>
    sendSignIn(await signIn.byPassword(account, password, clientIp(request)), request, reply),
  );
  post('/api/sign-in/demo', demoSignIn, ({ account }, request, reply) =>
    sendSignIn(signIn.asDemo(account, clientIp(request)), request, reply),
  );
  post('/api/sign-in/first-link', setupLink, async ({ token }, request, reply) =>
    sendLinkResult(await firstAdmin.check(token, clientIp(request)), request, reply),
  );
  post('/api/sign-in/first', setupAdmin, async ({ token, account, password }, request, reply) => {
    const address = clientIp(request);
    const created = await firstAdmin.create(token, { name: account, password, address });
    if (!created.ok) return sendLinkResult(created, request, reply);
    const detail = 'admin by the first link';
    audit.record('account-added', { actor: null, target: account, address, detail });
    return sendSignIn(await signIn.byPassword(account, password, address), request, reply);
  });
  post('/api/sign-in/invitation-link', invitationLink, async ({ token }, request, reply) =>
    sendResult(reply, await invitationSignIn.check(token, clientIp(request))),
  );
  post('/api/sign-in/invitation', acceptInvitation, async ({ token, password }, request, reply) => {
    const accepted = await invitationSignIn.accept(
      { token, password, address: clientIp(request) },
      (account) => sessionAuth.createSession(account, request, reply),
    );
    return sendResult(reply, accepted);
  });
  web.post('/api/sign-out', (request, reply) => {
    const session = sessionAuth.getSession(request.raw);
    if (session !== null) audit.record('signed-out', { actor: session.account, address: clientIp(request) });
    sessionAuth.endSession(request, reply);
    return reply.send({ ok: true, value: null });
  });
}
