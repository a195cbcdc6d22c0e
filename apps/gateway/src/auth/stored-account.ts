import { type Account, AUTH_METHODS, ROLES } from '@lampboard/protocol';
import { z } from 'zod';

export interface StoredAccount extends Account {
  readonly id: number;
  /** Argon2id in the PHC string format; null: no password. */
  readonly passwordHash: string | null;
  /** Earlier login attempts do not count; milliseconds since 1970. */
  readonly unlockedAt: number;
  /** Milliseconds since 1970, by extension. */
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

/** Parses a row with {@link ACCOUNT_COLUMNS}; null for no row. */
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
    // Assignments from before these times were stored count from the creation of the account.
    extensionsAssignedAt: Object.fromEntries(extensions.map((id) => [id, assignedAt[id] ?? createdAt])),
    disabled: disabled === 1,
    createdAt,
    passwordHash,
    unlockedAt,
  };
}

/** Returns the start of the history that an account may see, in ms since 1970: for users its assignment. */
export function assignedSince({ role, extensionsAssignedAt }: StoredAccount, extension: string): number {
  return role === 'user' ? (extensionsAssignedAt[extension] ?? Number.POSITIVE_INFINITY) : 0;
}
