import {
  type Role,
  type Account,
  type AccountSettings,
  type AuthMethod,
  type Limits,
  type NameConflict,
  accountKey,
  ONLY_PBX,
  extensionId,
  isLimiting,
} from '@lampboard/protocol';
import type Database from 'libsql';
import unhomoglyph from 'unhomoglyph';
import { z } from 'zod';
import { writePreparer, transaction } from '../platform/store/transaction.ts';
import { ACCOUNT_COLUMNS, type StoredAccount, parseAccountRow } from './stored-account.ts';

interface NewAccount {
  readonly name: string;
  readonly role: Role;
  readonly extensions: readonly string[];
  readonly limits?: Limits | null | undefined;
  readonly authMethod: AuthMethod;
  readonly disabled?: boolean;
  readonly passwordHash?: string | null | undefined;
  /** Issuer and subject at the single sign-on provider. */
  readonly subject?: string | null | undefined;
}

/** Accounts in the store. Names are compared case-insensitively. */
export type Accounts = ReturnType<typeof createAccounts>;

const nameRow = z
  .object({ id: z.number(), name: z.string() })
  .transform(({ id, name }) => [id, name] as const);

/** Equal for names that look alike (Unicode Technical Standard 39, 4). */
function skeletonOf(name: string): string {
  const visible = name.normalize('NFKD').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  return unhomoglyph(visible).normalize('NFKD').toLowerCase();
}

/** Two names that have one of these in common can't both be accounts. */
const appearancesOf = (name: string) => [
  `as written ${skeletonOf(name)}`,
  `in lower case ${skeletonOf(accountKey(name))}`,
];

/** Finds names that are the same or look the same. */
function createNameIndex(names: readonly string[]) {
  const nameByAppearance = new Map<string, string>();
  const add = (name: string) => {
    for (const appearance of appearancesOf(name)) nameByAppearance.set(appearance, name);
  };
  names.forEach(add);
  return {
    add,
    find: (name: string): string | null =>
      appearancesOf(name)
        .map((appearance) => nameByAppearance.get(appearance))
        .find((found) => found !== undefined) ?? null,
  };
}

const KNOWN_NETWORK_TTL_MS = 90 * 86_400_000;
/** Per account, the most recently used. */
const MAX_KNOWN_NETWORKS = 20;

/** Returns the fields that administrators may see. */
export function toPublicAccount(account: Account): Account {
  const { name, role, extensions, limits, authMethod, disabled, createdAt, hasPassword, invitedUntil } =
    account;
  return { name, role, extensions, limits, authMethod, disabled, createdAt, hasPassword, invitedUntil };
}

const limitsColumn = (limits: Limits | null | undefined) =>
  limits && isLimiting(limits) ? JSON.stringify(limits) : null;

interface AccountsOptions {
  db: Database.Database;
  now: () => number;
  /** Called after changes that may affect sessions. */
  onChange: () => void;
}

export function createAccounts({ db, now, onChange }: AccountsOptions) {
  const prepareWrite = writePreparer(db);
  const select = `SELECT ${ACCOUNT_COLUMNS} FROM accounts`;
  const all = db.prepare(`${select} ORDER BY name_key`);
  const byName = db.prepare(`${select} WHERE name_key = ?`);
  const byId = db.prepare(`${select} WHERE id = ?`);
  const idsAndNames = db.prepare('SELECT id, name FROM accounts');
  const bySubject = db.prepare(`${select} WHERE subject = ?`);
  const insert =
    prepareWrite(`INSERT INTO accounts (name, name_key, role, extensions, limits, proof, disabled, password_hash, subject, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const update = prepareWrite(
    'UPDATE accounts SET role = ?, extensions = ?, extensions_since = ?, limits = ?, disabled = ? WHERE id = ?',
  );
  const updateName = prepareWrite('UPDATE accounts SET name = ?, name_key = ? WHERE id = ?');
  const updatePassword = prepareWrite('UPDATE accounts SET password_hash = ?, unlocked_at = ? WHERE id = ?');
  const unlock = prepareWrite('UPDATE accounts SET unlocked_at = ? WHERE id = ?');
  const insertNetwork =
    prepareWrite(`INSERT INTO known_networks (account_id, network, used_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET used_at = excluded.used_at`);
  const deleteNetworks = prepareWrite(`DELETE FROM known_networks WHERE account_id = ? AND network NOT IN
     (SELECT network FROM known_networks WHERE account_id = ? ORDER BY used_at DESC LIMIT ${MAX_KNOWN_NETWORKS})`);
  const knownNetwork = db.prepare(
    'SELECT 1 FROM known_networks WHERE account_id = ? AND network = ? AND used_at > ?',
  );
  const replacePassword = prepareWrite(
    'UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?',
  );
  const deleteOne = prepareWrite('DELETE FROM accounts WHERE id = ?');
  const admins = db.prepare(`SELECT 1 FROM accounts WHERE role = 'admin' AND disabled = 0
     AND (proof <> 'password' OR password_hash IS NOT NULL) AND id <> ?`);
  const realAccounts = db.prepare("SELECT 1 FROM accounts WHERE proof <> 'demo' AND disabled = 0");

  const list = () => all.all().flatMap((raw) => parseAccountRow(raw) ?? []);
  const find = (name: string) => parseAccountRow(byName.get(accountKey(name)));
  /** By id. */
  const names = (): ReadonlyMap<number, string> =>
    new Map(idsAndNames.all().map((raw) => nameRow.parse(raw)));
  /** Returns those of `newNames` that are the same as an account or as one before them, or look the same. */
  function nameConflicts(newNames: readonly string[], exceptId?: number): NameConflict[] {
    const index = createNameIndex([...names()].filter(([id]) => id !== exceptId).map(([, name]) => name));
    return newNames.flatMap((name) => {
      const account = index.find(name);
      index.add(name);
      return account === null ? [] : { name, account };
    });
  }
  function addAll(newAccounts: readonly NewAccount[]): readonly StoredAccount[] | null {
    return transaction(db, () => {
      if (nameConflicts(newAccounts.map(({ name }) => name)).length > 0) return null;
      return newAccounts.flatMap((account) => {
        const { name, role, extensions, authMethod, passwordHash = null, subject = null } = account;
        const rights = [role, JSON.stringify(extensions), limitsColumn(account.limits)];
        const access = [authMethod, account.disabled === true ? 1 : 0, passwordHash, subject];
        insert.run(name, accountKey(name), ...rights, ...access, now());
        return find(name) ?? [];
      });
    });
  }
  return {
    list,
    find,
    findId: (id: number): StoredAccount | null => parseAccountRow(byId.get(id)),
    nameConflicts,
    names,
    findSubject: (subject: string): StoredAccount | null => parseAccountRow(bySubject.get(subject)),
    /** Returns null if the name, or a confusable one, is taken. */
    add: (account: NewAccount): StoredAccount | null => addAll([account])?.[0] ?? null,
    /** Adds all of them, or none: returns null if one of the names, or a confusable one, is taken. */
    addAll,
    change(id: number, { role, extensions, limits, disabled }: AccountSettings) {
      transaction(db, () => {
        const previous = parseAccountRow(byId.get(id));
        const assignedBefore = previous?.extensionsAssignedAt ?? {};
        const assignedAt = Object.fromEntries(extensions.map((id) => [id, assignedBefore[id] ?? now()]));
        const rights = [role, JSON.stringify(extensions), JSON.stringify(assignedAt)];
        const stored = limits === undefined ? previous?.limits : limits;
        update.run(...rights, limitsColumn(stored), disabled ? 1 : 0, id);
      });
      onChange();
    },
    /** Throws if the name is taken. */
    rename(id: number, name: string) {
      updateName.run(name, accountKey(name), id);
      onChange();
    },
    /** Also unlocks the account. */
    setPassword: (id: number, passwordHash: string) => void updatePassword.run(passwordHash, now(), id),
    /** Returns false if the password has changed from `previousHash`. */
    replacePassword: (id: number, previousHash: string, passwordHash: string) =>
      replacePassword.run(passwordHash, id, previousHash).changes > 0,
    /** Resets the login limit. */
    unlock: (id: number) => void unlock.run(now(), id),
    recordNetwork(id: number, network: string) {
      insertNetwork.run(id, network, now());
      deleteNetworks.run(id, id);
    },
    /** Returns whether a recent sign-in came from this network. */
    isKnownNetwork: (id: number, network: string) =>
      knownNetwork.get(id, network, now() - KNOWN_NETWORK_TTL_MS) !== undefined,
    remove(id: number) {
      deleteOne.run(id);
      onChange();
    },
    /** Returns whether there are enabled accounts other than those of the demo. */
    hasRealAccounts: () => realAccounts.get() !== undefined,
    /** Returns whether there is another enabled administrator. */
    hasOtherAdmin: (id: number) => admins.get(id) !== undefined,
  };
}

/** Accounts of the demo PBX, which need no password. */
const DEMO_ACCOUNTS: readonly { readonly name: string; readonly role: Role; readonly exten: string }[] = [
  { name: 'Rita Moreno', role: 'receptionist', exten: '1101' },
  { name: 'Alice Chen', role: 'user', exten: '1104' },
  { name: 'Bruce Wayne', role: 'admin', exten: '1111' },
];

/** Adds the demo accounts, or restores them. */
export function addDemoAccounts(accounts: Accounts): void {
  const isKnown = (name: string) => DEMO_ACCOUNTS.some((demo) => demo.name === name);
  for (const { id, name, authMethod } of accounts.list())
    if (authMethod === 'demo' && !isKnown(name)) accounts.remove(id);
  for (const { name, role, exten } of DEMO_ACCOUNTS) {
    const extensions = [extensionId(exten, 'default', ONLY_PBX)];
    const account = accounts.find(name) ?? accounts.add({ name, role, extensions, authMethod: 'demo' });
    const isChanged =
      account?.role !== role ||
      account.disabled ||
      account.limits !== undefined ||
      account.extensions.join() !== extensions.join();
    if (account?.authMethod === 'demo' && isChanged)
      accounts.change(account.id, { role, extensions, limits: null, disabled: false });
  }
}
