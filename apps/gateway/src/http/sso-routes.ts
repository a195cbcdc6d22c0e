import type { SingleSignOnFailure } from '@lampboard/protocol';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SsoLimiter } from '../auth/login-limiter.ts';
import type { SingleSignOn } from '../auth/sso/single-sign-on.ts';
import type { createSsoAccounts } from '../auth/sso/sso-accounts.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { clientIp } from './client-ip.ts';
import type { OriginCheck } from './origin-check.ts';
import type { SessionAuth } from './session-auth.ts';

const LOGIN_STATE_TTL_S = 600;
/** Browsers limit cookies to 4 KiB. */
const MAX_RETURN_PATH_LENGTH = 1000;

interface SsoRoutesOptions {
  singleSignOn: SingleSignOn;
  resolveAccount: ReturnType<typeof createSsoAccounts>;
  limiter: SsoLimiter;
  sessionAuth: SessionAuth;
  originCheck: OriginCheck;
  publicUrl: URL;
  cookieName: string;
  overTls: boolean;
  metrics: Pick<Metrics, 'signIn'>;
  toStoreFailure: StoreWriter['toFailure'];
  audit: AuditLog;
}

/** `/sso` redirects to the provider, `/sso/callback` back. The state is in a `SameSite=Lax` cookie, which redirects send. */
export function ssoRoutes(web: FastifyInstance, options: SsoRoutesOptions): void {
  const { singleSignOn, limiter, sessionAuth, originCheck, publicUrl, metrics, audit } = options;
  const { cookieName: name, overTls: secure } = options;
  const { pathname: basePath } = publicUrl;
  const attributes = { httpOnly: true, sameSite: 'lax', secure, path: basePath } as const;
  const cookie = (value: string, maxAge: number) =>
    stringifySetCookie({ name, value, maxAge, ...attributes });
  const redirectToSignIn = (reply: FastifyReply, code: SingleSignOnFailure) =>
    reply.redirect(`${basePath}sign-in?failure=${code}`);
  function fail(request: FastifyRequest, reply: FastifyReply, code: SingleSignOnFailure): FastifyReply {
    metrics.signIn('single-sign-on', code);
    const event = code === 'too-many' ? 'throttled' : 'sign-in-refused';
    audit.record(event, { actor: null, address: clientIp(request), detail: `single-sign-on ${code}` });
    return redirectToSignIn(reply, code);
  }

  web.get<{ Querystring: { to?: string | string[] } }>('/sso', async (request, reply) => {
    // Prevents sign-ins by links of other sites.
    if (!originCheck.isSameOrigin(request.headers)) return reply.redirect(`${basePath}sign-in`);
    // Under another host name the browser would not send the cookie back; a trusted proxy may have changed it.
    const isOtherHost = request.headers.host !== publicUrl.host;
    if (isOtherHost && !originCheck.isTrustedProxy(request.raw.socket.remoteAddress))
      return reply.redirect(new URL('sign-in', publicUrl).href);
    const address = clientIp(request);
    if (!(await limiter.consume(address))) return fail(request, reply, 'too-many');
    const { to } = request.query;
    const authorization = await singleSignOn.begin({
      returnTo: typeof to === 'string' && to.length <= MAX_RETURN_PATH_LENGTH ? to : '/',
      previousSessionId: sessionAuth.getSession(request.raw)?.id ?? null,
    });
    if (!authorization.ok) return redirectToSignIn(reply, authorization.code);
    await limiter.recordSuccess(address);
    reply.header('set-cookie', cookie(authorization.sealedState, LOGIN_STATE_TTL_S));
    return reply.redirect(authorization.url.href);
  });

  web.get('/sso/callback', async (request, reply) => {
    const { cookie: cookies = '' } = request.headers;
    const address = clientIp(request);
    if (!(await limiter.consume(address))) return fail(request, reply, 'too-many');
    const callbackUrl = new URL(request.url, 'http://callback');
    const result = await singleSignOn.finish(callbackUrl, parseCookie(cookies)[name]);
    reply.header('set-cookie', cookie('', 0));
    if (!result.ok) return fail(request, reply, result.code);
    try {
      const found = options.resolveAccount(result);
      if (!found.ok) return fail(request, reply, found.code);
      sessionAuth.createSession(found.account, request, reply, result.previousSessionId);
      audit.record('signed-in', { actor: found.account, address, detail: 'single-sign-on' });
    } catch (error) {
      if (options.toStoreFailure(error) === null) throw error;
      return fail(request, reply, 'store-unavailable');
    }
    await limiter.recordSuccess(address);
    metrics.signIn('single-sign-on', 'ok');
    return reply.redirect(`${basePath}${result.returnTo.slice(1)}`);
  });
}
