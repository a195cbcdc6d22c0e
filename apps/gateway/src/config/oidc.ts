import { ROLES, type Role } from '@lampboard/protocol';
import type { SingleSignOnConfig } from '../sso/config.ts';
import { isLoopbackHost } from '../loopback.ts';
import { type Environment, type Read, fault, givenOf, listOf } from './environment.ts';
import { readSecret } from './secret.ts';

/** Single sign-on with OpenID Connect; null where the site has none. */
export function readOidc(values: Environment): Read<SingleSignOnConfig | null> {
  const { LAMPBOARD_OIDC_ISSUER: issuer, LAMPBOARD_OIDC_CLIENT_ID: clientId } = values;
  if (issuer === undefined && clientId === undefined) {
    const stray = givenOf(values, 'LAMPBOARD_OIDC_');
    if (stray !== undefined) return fault(`${stray} is set, but LAMPBOARD_OIDC_ISSUER is missing beside it.`);
    if (values.LAMPBOARD_PASSWORD_SIGN_IN) return { ok: true, value: null };
    return fault(
      'LAMPBOARD_PASSWORD_SIGN_IN is false, but there is no LAMPBOARD_OIDC_ISSUER: nobody could sign in.',
    );
  }
  if (issuer === undefined || clientId === undefined) {
    return fault(
      'LAMPBOARD_OIDC_ISSUER and LAMPBOARD_OIDC_CLIENT_ID belong together; one of them is missing.',
    );
  }
  if (values.LAMPBOARD_PUBLIC_URL === undefined) {
    return fault(
      'LAMPBOARD_PUBLIC_URL is missing beside LAMPBOARD_OIDC_ISSUER: the provider leads back to it.',
    );
  }
  if (issuer.protocol !== 'https:' && !isLoopbackHost(issuer.host)) {
    return fault(`LAMPBOARD_OIDC_ISSUER is ${issuer.href}, but only https:// can be trusted.`);
  }
  const secret = readSecret(values, 'LAMPBOARD_OIDC_CLIENT_SECRET');
  if (!secret.ok) return secret;
  const roles = readRoles(values.LAMPBOARD_OIDC_ROLES);
  if (!roles.ok) return roles;
  return {
    ok: true,
    value: {
      issuer,
      clientId,
      clientSecret: secret.value,
      label: values.LAMPBOARD_OIDC_NAME ?? 'Single sign-on',
      scopes: values.LAMPBOARD_OIDC_SCOPES ?? 'openid profile email',
      accountClaim: values.LAMPBOARD_OIDC_ACCOUNT_CLAIM ?? 'preferred_username',
      roleClaim: values.LAMPBOARD_OIDC_ROLE_CLAIM ?? 'groups',
      roles: roles.value,
      extensionClaim: values.LAMPBOARD_OIDC_EXTENSION_CLAIM ?? null,
      context: values.LAMPBOARD_OIDC_CONTEXT ?? 'default',
    },
  };
}

/** `reception=receptionist,pbx-admins=admin,*=user`: values of the role claim, `*` for everybody else. */
function readRoles(value: string | undefined): Read<ReadonlyMap<string, Role>> {
  const pairs = listOf(value).map((pair): readonly [string, Role | undefined] => {
    const cut = pair.lastIndexOf('=');
    return [pair.slice(0, cut).trim(), ROLES.find((role) => role === pair.slice(cut + 1).trim())];
  });
  const roles = new Map<string, Role>();
  for (const [claim, role] of pairs) {
    if (claim === '' || role === undefined) {
      return fault(
        `LAMPBOARD_OIDC_ROLES is not of the form reception=receptionist,admins=admin,*=user (${ROLES.join(', ')}).`,
      );
    }
    roles.set(claim, role);
  }
  if (roles.size === 0)
    return fault('LAMPBOARD_OIDC_ROLES is missing beside LAMPBOARD_OIDC_ISSUER: nobody could sign in.');
  return { ok: true, value: roles };
}
