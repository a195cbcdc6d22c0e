import type { SingleSignOnRefusal } from '@lampboard/protocol';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SignOnThrottle } from '../accounts/throttle.ts';
import type { SingleSignOn } from '../sso/single-sign-on.ts';
import type { createSsoAccounts } from '../sso/sso-accounts.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { addressOf } from './address.ts';
import type { OwnPage } from './own-page.ts';
import type { SessionBorder } from './session-border.ts';

/** Time for somebody to sign in at the provider, in seconds. */
const LASTS_S = 600;
/** A browser keeps cookies of 4 KiB. */
const PATH_LENGTH = 1000;

/**
 * `/sso` leads to the provider, `/sso/callback` back from there. What was begun is in a cookie that, unlike the session's,
 * comes along when the provider's page leads here.
 */
export function ssoRoutes(
  web: FastifyInstance,
  {
    singleSignOn,
    accountOf,
    throttle,
    border,
    ownPage,
    publicUrl,
    cookieName: name,
    overTls,
    metrics,
    storeRefusal,
    audit,
  }: {
    singleSignOn: SingleSignOn;
    accountOf: ReturnType<typeof createSsoAccounts>;
    throttle: SignOnThrottle;
    border: SessionBorder;
    ownPage: OwnPage;
    publicUrl: URL;
    cookieName: string;
    overTls: boolean;
    metrics: Pick<Metrics, 'signIn'>;
    storeRefusal: StoreWriter['refusal'];
    audit: AuditLog;
  },
): void {
  const cookie = (value: string, maxAge: number) =>
    stringifySetCookie({ name, value, maxAge, httpOnly: true, sameSite: 'lax', secure: overTls, path: '/' });
  const leadBack = (reply: FastifyReply, code: SingleSignOnRefusal) =>
    reply.redirect(`/sign-in?refused=${code}`);
  function refuse(request: FastifyRequest, reply: FastifyReply, code: SingleSignOnRefusal): FastifyReply {
    metrics.signIn('single-sign-on', code);
    const event = code === 'too-many' ? 'throttled' : 'sign-in-refused';
    audit.record(event, { by: null, address: addressOf(request), detail: `single-sign-on ${code}` });
    return leadBack(reply, code);
  }

  web.get<{ Querystring: { to?: string | string[] } }>('/sso', async (request, reply) => {
    // Another site's link must not sign anybody in: it begins on a page of ours, or in the address bar.
    if (!ownPage.isOwnRequest(request.headers)) return reply.redirect('/sign-in');
    // By another name the browser would not bring the cookie back; a proxy may have put its own in place.
    const isOtherName = request.headers.host !== publicUrl.host;
    if (isOtherName && !ownPage.isFromProxy(request.raw.socket.remoteAddress))
      return reply.redirect(new URL('/sign-in', publicUrl).href);
    const address = addressOf(request);
    if (!(await throttle.attempt(address))) return refuse(request, reply, 'too-many');
    const { to } = request.query;
    const begun = await singleSignOn.begin({
      returnTo: typeof to === 'string' && to.length <= PATH_LENGTH ? to : '/',
      replaces: border.of(request.raw)?.id ?? null,
    });
    if (!begun.ok) return leadBack(reply, begun.code);
    await throttle.succeeded(address);
    reply.header('set-cookie', cookie(begun.transaction, LASTS_S));
    return reply.redirect(begun.url.href);
  });

  web.get('/sso/callback', async (request, reply) => {
    const { cookie: cookies = '' } = request.headers;
    const address = addressOf(request);
    if (!(await throttle.attempt(address))) return refuse(request, reply, 'too-many');
    const done = await singleSignOn.finish(
      new URL(request.url, 'http://callback'),
      parseCookie(cookies)[name],
    );
    reply.header('set-cookie', cookie('', 0));
    if (!done.ok) return refuse(request, reply, done.code);
    try {
      const found = accountOf(done);
      if (!found.ok) return refuse(request, reply, found.code);
      border.begin(found.account, request, reply, done.replaces);
      audit.record('signed-in', { by: found.account, address, detail: 'single-sign-on' });
    } catch (error) {
      if (storeRefusal(error) === null) throw error;
      return refuse(request, reply, 'store-unavailable');
    }
    await throttle.succeeded(address);
    metrics.signIn('single-sign-on', 'ok');
    return reply.redirect(done.returnTo);
  });
}
