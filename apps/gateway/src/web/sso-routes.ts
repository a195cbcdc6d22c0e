import type { SingleSignOnRefusal } from '@lampboard/protocol';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SingleSignOn } from '../sso/single-sign-on.ts';
import type { createSsoAccounts } from '../sso/sso-accounts.ts';
import type { SessionBorder } from './session-border.ts';

/** Time for somebody to sign in at the provider, in seconds. */
const LASTS_S = 600;

/**
 * `/sso` leads to the provider, `/sso/callback` back from there. What was begun is in a cookie that, unlike the session's,
 * comes along when the provider's page leads here.
 */
export function ssoRoutes(
  web: FastifyInstance,
  {
    singleSignOn,
    accountOf,
    border,
    overTls,
  }: {
    singleSignOn: SingleSignOn;
    accountOf: ReturnType<typeof createSsoAccounts>;
    border: SessionBorder;
    overTls: boolean;
  },
): void {
  const name = overTls ? '__Host-lampboard-sso' : 'lampboard-sso';
  const cookie = (value: string, maxAge: number) =>
    stringifySetCookie({ name, value, maxAge, httpOnly: true, sameSite: 'lax', secure: overTls, path: '/' });
  const refuse = (reply: FastifyReply, code: SingleSignOnRefusal) =>
    reply.redirect(`/sign-in?refused=${code}`);

  web.get<{ Querystring: { to?: string | string[] } }>('/sso', async (request, reply) => {
    // Another site's link must not sign anybody in: it begins on a page of ours, or in the address bar.
    const { 'sec-fetch-site': from = 'same-origin' } = request.headers;
    if (from !== 'same-origin' && from !== 'none') return reply.redirect('/sign-in');
    const { to = '/' } = request.query;
    const begun = await singleSignOn.begin(typeof to === 'string' ? to : '/');
    if (!begun.ok) return refuse(reply, begun.code);
    reply.header('set-cookie', cookie(begun.transaction, LASTS_S));
    return reply.redirect(begun.url.href);
  });

  web.get('/sso/callback', async (request, reply) => {
    const { cookie: cookies = '' } = request.headers;
    const done = await singleSignOn.finish(
      new URL(request.url, 'http://callback'),
      parseCookie(cookies)[name],
    );
    reply.header('set-cookie', cookie('', 0));
    if (!done.ok) return refuse(reply, done.code);
    const found = accountOf(done);
    if (!found.ok) return refuse(reply, found.code);
    border.begin(found.account, request, reply);
    return reply.redirect(done.returnTo);
  });
}
