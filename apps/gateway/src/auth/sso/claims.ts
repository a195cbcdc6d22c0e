import { ROLES, type Role, accountName, assignedExtension } from '@lampboard/protocol';
import { z } from 'zod';
import type { SingleSignOnConfig } from '../../config/oidc.ts';

export type Claims = Readonly<Record<string, unknown>>;

type RoleConfig = Pick<SingleSignOnConfig, 'roleClaim' | 'roles'>;
type ExtensionConfig = Pick<SingleSignOnConfig, 'extensionClaim' | 'context'>;

const MAX_EXTENSIONS = 20;
const ANY_VALUE = '*';

/** Returns a claim by its name or path: `realm_access.roles` is `roles` in `realm_access`; names may contain dots. */
export function readClaim(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const name = path.slice(0, dot);
    const nested = claimObject.safeParse(Object.hasOwn(claims, name) ? claims[name] : undefined);
    const found = nested.success ? readClaim(nested.data, path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const claimObject = z.record(z.string(), z.unknown());

/** Returns the first of account claim, mail address and subject that is a valid account name, or null. */
export function nameFrom(claims: Claims, accountClaim: string): string | null {
  for (const claim of [accountClaim, 'email', 'sub']) {
    const name = accountName.safeParse(readClaim(claims, claim));
    if (name.success) return name.data;
  }
  return null;
}

/** Returns the highest mapped role, else that of `*`, else null. */
export function roleFrom(claims: Claims, { roleClaim, roles }: RoleConfig): Role | null {
  const mappedRoles = new Set(stringsOf(readClaim(claims, roleClaim)).map((value) => roles.get(value)));
  return ROLES.findLast((role) => mappedRoles.has(role)) ?? roles.get(ANY_VALUE) ?? null;
}

/** Returns why no role was found, with the names of claims and no values. */
export function missingRoleReason(claims: Claims, roleClaim: string): string {
  const values = stringsOf(readClaim(claims, roleClaim));
  return values.length === 0
    ? `The provider sent no claim ${roleClaim} (LAMPBOARD_OIDC_ROLE_CLAIM, LAMPBOARD_OIDC_SCOPES); it sent: ${Object.keys(claims).join(', ')}.`
    : `None of the ${values.length} values of the claim ${roleClaim} is in LAMPBOARD_OIDC_ROLE_MAPPING.`;
}

/** Returns the valid extensions of the claim, as `exten@context`. */
export function extensionsFrom(claims: Claims, { extensionClaim, context }: ExtensionConfig): string[] {
  if (extensionClaim === null) return [];
  const extensions = stringsOf(readClaim(claims, extensionClaim))
    .map((value) => value.trim())
    .map((value) => (value.includes('@') ? value : `${value}@${context}`))
    .filter((value) => assignedExtension.safeParse(value).success);
  return [...new Set(extensions)].slice(0, MAX_EXTENSIONS);
}

/** Claims are single values or lists; some directories store extensions as numbers. */
function stringsOf(claim: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.flatMap((value) => {
    if (typeof value === 'string') return [value];
    return typeof value === 'number' ? [String(value)] : [];
  });
}
