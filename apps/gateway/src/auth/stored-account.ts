import { type Account, AUTH_METHODS, ROLES, limits } from '@lampboard/protocol';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';

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
  'accounts.id, accounts.name, accounts.role, accounts.extensions, accounts.extensions_since AS extensionsSince, accounts.limits, accounts.proof AS authMethod, accounts.password_hash AS passwordHash, accounts.disabled, accounts.created_at AS createdAt, accounts.unlocked_at AS unlockedAt, (SELECT expires_at FROM invitations WHERE account_id = accounts.id) AS invitedUntil';

const row = z.object({
  id: z.number(),
  name: z.string(),
  role: z.enum(ROLES),
  extensions: jsonColumn(z.array(z.string())),
  extensionsSince: jsonColumn(z.record(z.string(), z.number())),
  limits: jsonColumn(limits)
    .nullable()
    .transform((stored) => stored ?? undefined),
  authMethod: z.enum(AUTH_METHODS),
  passwordHash: z.string().nullable(),
  disabled: z.number().transform((flag) => flag === 1),
  createdAt: z.number(),
  unlockedAt: z.number(),
  invitedUntil: z.number().nullable(),
});

/** Parses a row with {@link ACCOUNT_COLUMNS}; null for no row. */
export function parseAccountRow(raw: unknown): StoredAccount | null {
  if (raw === undefined) return null;
  const { extensionsSince, ...account } = row.parse(raw);
  // Assignments from before these times were stored count from the creation of the account.
  const assignedAt = account.extensions.map((id) => [id, extensionsSince[id] ?? account.createdAt]);
  return {
    ...account,
    hasPassword: account.passwordHash !== null,
    extensionsAssignedAt: Object.fromEntries(assignedAt),
  };
}

/** Returns the account with its own extensions by other ids; several that become one count from the first assignment. */
export function withExtensionIds(account: StoredAccount, idOf: (id: string) => string): StoredAccount {
  const assignedAt = new Map<string, number>();
  for (const [assigned, timestamp] of Object.entries(account.extensionsAssignedAt)) {
    const id = idOf(assigned);
    assignedAt.set(id, Math.min(timestamp, assignedAt.get(id) ?? timestamp));
  }
  return {
    ...account,
    extensions: [...assignedAt.keys()],
    extensionsAssignedAt: Object.fromEntries(assignedAt),
  };
}

/** Returns the start of the history that an account may see, in ms since 1970: for users the assignment. */
export function assignedSince({ role, extensionsAssignedAt }: StoredAccount, extension: string): number {
  if (role !== 'user') return 0;
  return extensionsAssignedAt[extension] ?? Number.POSITIVE_INFINITY;
}
