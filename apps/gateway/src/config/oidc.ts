import { type Role, ROLES } from '@lampboard/protocol';
import { isLoopbackHost } from '../platform/network.ts';
import { type Environment, configError, parseList, rejectDependents } from './environment.ts';
import { readSecret } from './secrets.ts';

export interface SingleSignOnConfig {
  readonly issuer: URL;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** The provider's name on the sign-in page. */
  readonly label: string;
  /** Separated by spaces. */
  readonly scopes: string;
  /** The claim that names the account. */
  readonly accountClaim: string;
  readonly roleClaim: string;
  /** By value of the role claim; `*` stands for every other value. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Null: administrators assign extensions. */
  readonly extensionClaim: string | null;
  /** Context of a claimed extension that has none. */
  readonly context: string;
}

/** Null: the site has no single sign-on. */
export function readOidc(values: Environment): SingleSignOnConfig | null {
  const { LAMPBOARD_OIDC_ISSUER: issuer, LAMPBOARD_OIDC_CLIENT_ID: clientId } = values;
  if (issuer === undefined && clientId === undefined) {
    rejectDependents(values, 'LAMPBOARD_OIDC_', 'LAMPBOARD_OIDC_ISSUER');
    if (values.LAMPBOARD_PASSWORD_LOGIN) return null;
    return configError(
      'LAMPBOARD_PASSWORD_LOGIN is false, but there is no LAMPBOARD_OIDC_ISSUER: nobody could sign in.',
    );
  }
  if (issuer === undefined || clientId === undefined)
    return configError(
      'LAMPBOARD_OIDC_ISSUER and LAMPBOARD_OIDC_CLIENT_ID belong together; one of them is missing.',
    );
  if (values.LAMPBOARD_PUBLIC_URL === undefined)
    configError(
      'LAMPBOARD_PUBLIC_URL is missing beside LAMPBOARD_OIDC_ISSUER: the provider redirects to it.',
    );
  if (issuer.protocol !== 'https:' && !isLoopbackHost(issuer.host))
    configError(`LAMPBOARD_OIDC_ISSUER is ${issuer.href}, but only https:// can be trusted.`);
  return {
    issuer,
    clientId,
    clientSecret: readSecret(values, 'LAMPBOARD_OIDC_CLIENT_SECRET'),
    label: values.LAMPBOARD_OIDC_DISPLAY_NAME ?? 'Single sign-on',
    scopes: values.LAMPBOARD_OIDC_SCOPES ?? 'openid profile email',
    accountClaim: values.LAMPBOARD_OIDC_ACCOUNT_CLAIM ?? 'preferred_username',
    roleClaim: values.LAMPBOARD_OIDC_ROLE_CLAIM ?? 'groups',
    roles: readRoles(values.LAMPBOARD_OIDC_ROLE_MAPPING ?? ''),
    extensionClaim: values.LAMPBOARD_OIDC_EXTENSION_CLAIM ?? null,
    context: values.LAMPBOARD_OIDC_CONTEXT ?? 'default',
  };
}

/** Parses `reception=receptionist,pbx-admins=admin,*=user`. */
function readRoles(value: string): ReadonlyMap<string, Role> {
  const roles = new Map<string, Role>();
  for (const pair of parseList(value)) {
    const separator = pair.lastIndexOf('=');
    const claim = pair.slice(0, separator).trim();
    const role = ROLES.find((name) => name === pair.slice(separator + 1).trim());
    if (claim === '' || role === undefined)
      return configError(
        `LAMPBOARD_OIDC_ROLE_MAPPING is not of the form reception=receptionist,admins=admin,*=user (${ROLES.join(', ')}).`,
      );
    roles.set(claim, role);
  }
  if (roles.size > 0) return roles;
  return configError(
    'LAMPBOARD_OIDC_ROLE_MAPPING is missing beside LAMPBOARD_OIDC_ISSUER: nobody could sign in.',
  );
}
