import { demoSignIn, firstLink, firstSignIn, signIn as signInBody } from '@lampboard/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FirstAdmin } from '../accounts/first-admin.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { SignIn, SignInResult } from '../accounts/sign-in.ts';
import { refuse } from '../refuse.ts';
import { meOf } from '../sessions/sessions.ts';
import type { SessionBorder } from './session-border.ts';
import { addressOf } from './address.ts';
import { sendAnswer } from './answer.ts';

const INVALID = refuse('invalid', 'The request was not understood.');

/** `/api/sign-in`, `/api/sign-out`, `/api/me`: who somebody is. */
export function signInRoutes(
  web: FastifyInstance,
  {
    signIn,
    firstAdmin,
    border,
    audit,
  }: { signIn: SignIn; firstAdmin: FirstAdmin; border: SessionBorder; audit: AuditLog },
): void {
  function finish(result: SignInResult, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (!result.ok) return sendAnswer(reply, result);
    return sendAnswer(reply, { ok: true, value: border.begin(result.account, request, reply) });
  }

  function finishLink(
    result: Awaited<ReturnType<FirstAdmin['check']>>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply {
    if (!result.ok && (result.code === 'used-link' || result.code === 'too-many')) {
      const event = result.code === 'too-many' ? 'throttled' : 'sign-in-refused';
      audit.record(event, { by: null, address: addressOf(request), detail: `first link ${result.code}` });
    }
    return sendAnswer(reply, result);
  }

  web.get('/api/sign-in', () => ({ ok: true, value: signIn.options() }));
  web.get('/api/me', (request, reply) => {
    const session = border.of(request.raw);
    if (session === null) return sendAnswer(reply, refuse('signed-out', 'Nobody is signed in here.'));
    return sendAnswer(reply, { ok: true, value: meOf(session) });
  });
  web.post('/api/sign-in', async (request, reply) => {
    const body = signInBody.safeParse(request.body);
    if (!body.success) return sendAnswer(reply, INVALID);
    const { account, password } = body.data;
    return finish(await signIn.byPassword(account, password, addressOf(request)), request, reply);
  });
  web.post('/api/sign-in/demo', (request, reply) => {
    const body = demoSignIn.safeParse(request.body);
    return body.success
      ? finish(signIn.asDemo(body.data.account, addressOf(request)), request, reply)
      : sendAnswer(reply, INVALID);
  });
  web.post('/api/sign-in/first-link', async (request, reply) => {
    const body = firstLink.safeParse(request.body);
    if (!body.success) return sendAnswer(reply, INVALID);
    return finishLink(await firstAdmin.check(body.data.token, addressOf(request)), request, reply);
  });
  web.post('/api/sign-in/first', async (request, reply) => {
    const body = firstSignIn.safeParse(request.body);
    if (!body.success) return sendAnswer(reply, INVALID);
    const { token, account, password } = body.data;
    const address = addressOf(request);
    const made = await firstAdmin.make(token, { name: account, password, address });
    if (!made.ok) return finishLink(made, request, reply);
    const detail = 'admin by the first link';
    audit.record('account-added', { by: null, about: account, address, detail });
    return finish(await signIn.byPassword(account, password, address), request, reply);
  });
  web.post('/api/sign-out', (request, reply) => {
    const session = border.of(request.raw);
    if (session !== null) audit.record('signed-out', { by: session.account, address: addressOf(request) });
    border.end(request, reply);
    return reply.send({ ok: true, value: null });
  });
}
