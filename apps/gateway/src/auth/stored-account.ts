import { type Account, AUTH_METHODS, ROLES } from '@lampboard/protocol';
import { z } from 'zod';

/** An account as it is kept. */
export interface StoredAccount extends Account {
  readonly id: number;
  /** Argon2id, in the PHC string format; null where the account has no password. */
  readonly passwordHash: string | null;
  /** Since when attempts to guess its password count, in milliseconds since 1970. */
  readonly unlockedAt: number;
  /** Since when each of its extensions is its own, in milliseconds since 1970. */
  readonly extensionsAssignedAt: Readonly<Record<string, number>>;
}

export const ACCOUNT_COLUMNS =
  'accounts.id, accounts.name, accounts.role, accounts.extensions, accounts.extensions_since, accounts.proof, accounts.password_hash, accounts.disabled, accounts.created_at, accounts.unlocked_at';

const row = z.object({
  id: z.number(),
  name: z.string(),
  role: z.enum(ROLES),
  extensions: z.string(),
  extensions_since: z.string(),
  proof: z.enum(AUTH_METHODS),
  password_hash: z.string().nullable(),
  disabled: z.number(),
  created_at: z.number(),
  unlocked_at: z.number(),
});

const stringArray = z.array(z.string());
const timestamps = z.record(z.string(), z.number());

/** The account in a row with {@link ACCOUNT_COLUMNS}; null where there is no row. */
export function parseAccountRow(raw: unknown): StoredAccount | null {
  if (raw === undefined) return null;
  const {
    password_hash: passwordHash,
    created_at: createdAt,
    unlocked_at: unlockedAt,
    extensions_since: assignedAtJson,
    proof: authMethod,
    disabled,
    ...rest
  } = row.parse(raw);
  const extensions = stringArray.parse(JSON.parse(rest.extensions));
  const assignedAt = timestamps.parse(JSON.parse(assignedAtJson));
  return {
    ...rest,
    authMethod,
    extensions,
    // Those of before this was kept are its own for as long as there has been the account.
    extensionsAssignedAt: Object.fromEntries(extensions.map((id) => [id, assignedAt[id] ?? createdAt])),
    disabled: disabled === 1,
    createdAt,
    passwordHash,
    unlockedAt,
  };
}

/**
 * Since when the account may see the past of an extension, in milliseconds since 1970: users since it is theirs, so that
 * they never see what it told of whoever had it before.
 */
export function assignedSince({ role, extensionsAssignedAt }: StoredAccount, extension: string): number {
  return role === 'user' ? (extensionsAssignedAt[extension] ?? Number.POSITIVE_INFINITY) : 0;
}
