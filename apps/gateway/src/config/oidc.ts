import { type Role, ROLES } from '@lampboard/protocol';
import { isLoopbackHost } from '../platform/network.ts';
import { type Environment, type ConfigResult, configError, firstSetting, parseList } from './environment.ts';
import { readSecret } from './secrets.ts';

/** Single sign-on with OpenID Connect; null where the site has none. */
export function readOidc(values: Environment): ConfigResult<SingleSignOnConfig | null> {
  const { LAMPBOARD_OIDC_ISSUER: issuer, LAMPBOARD_OIDC_CLIENT_ID: clientId } = values;
  if (issuer === undefined && clientId === undefined) {
    const dependentSetting = firstSetting(values, 'LAMPBOARD_OIDC_');
    if (dependentSetting !== undefined)
      return configError(`${dependentSetting} is set, but LAMPBOARD_OIDC_ISSUER is missing beside it.`);
    if (values.LAMPBOARD_PASSWORD_LOGIN) return { ok: true, value: null };
    return configError(
      'LAMPBOARD_PASSWORD_LOGIN is false, but there is no LAMPBOARD_OIDC_ISSUER: nobody could sign in.',
    );
  }
  if (issuer === undefined || clientId === undefined) {
    return configError(
      'LAMPBOARD_OIDC_ISSUER and LAMPBOARD_OIDC_CLIENT_ID belong together; one of them is missing.',
    );
  }
  if (values.LAMPBOARD_PUBLIC_URL === undefined) {
    return configError(
      'LAMPBOARD_PUBLIC_URL is missing beside LAMPBOARD_OIDC_ISSUER: the provider leads back to it.',
    );
  }
  if (issuer.protocol !== 'https:' && !isLoopbackHost(issuer.host)) {
    return configError(`LAMPBOARD_OIDC_ISSUER is ${issuer.href}, but only https:// can be trusted.`);
  }
  const secret = readSecret(values, 'LAMPBOARD_OIDC_CLIENT_SECRET');
  if (!secret.ok) return secret;
  const roles = readRoles(values.LAMPBOARD_OIDC_ROLE_MAPPING);
  if (!roles.ok) return roles;
  return {
    ok: true,
    value: {
      issuer,
      clientId,
      clientSecret: secret.value,
      label: values.LAMPBOARD_OIDC_DISPLAY_NAME ?? 'Single sign-on',
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
function readRoles(value: string | undefined): ConfigResult<ReadonlyMap<string, Role>> {
  const pairs = parseList(value).map((pair): readonly [string, Role | undefined] => {
    const separator = pair.lastIndexOf('=');
    return [pair.slice(0, separator).trim(), ROLES.find((role) => role === pair.slice(separator + 1).trim())];
  });
  const roles = new Map<string, Role>();
  for (const [claim, role] of pairs) {
    if (claim === '' || role === undefined) {
      return configError(
        `LAMPBOARD_OIDC_ROLE_MAPPING is not of the form reception=receptionist,admins=admin,*=user (${ROLES.join(', ')}).`,
      );
    }
    roles.set(claim, role);
  }
  if (roles.size === 0)
    return configError(
      'LAMPBOARD_OIDC_ROLE_MAPPING is missing beside LAMPBOARD_OIDC_ISSUER: nobody could sign in.',
    );
  return { ok: true, value: roles };
}

/** How a site's OpenID provider is asked, and what its answers mean here. */
export interface SingleSignOnConfig {
  readonly issuer: URL;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** What the sign-in page calls it. */
  readonly label: string;
  /** By spaces. */
  readonly scopes: string;
  /** The claim that names the account. */
  readonly accountClaim: string;
  readonly roleClaim: string;
  /** Values of the role claim; `*` stands for everybody else. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Null: extensions are given by administrators. */
  readonly extensionClaim: string | null;
  /** The context of an extension that is told without one. */
  readonly context: string;
}
