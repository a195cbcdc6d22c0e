import {
  type Account,
  type AccountSettings,
  PROOFS,
  type Proof,
  ROLES,
  type Role,
  accountKey,
} from '@lampboard/protocol';
import type Database from 'libsql';
import unhomoglyph from 'unhomoglyph';
import { z } from 'zod';

/** An account as it is kept. */
export interface StoredAccount extends Account {
  readonly id: number;
  /** Argon2id, in the PHC string format; null where the account has no password. */
  readonly passwordHash: string | null;
  /** Since when attempts to guess its password count, in milliseconds since 1970. */
  readonly unlockedAt: number;
}

interface NewAccount {
  readonly name: string;
  readonly role: Role;
  readonly extensions: readonly string[];
  readonly proof: Proof;
  readonly passwordHash?: string | undefined;
  /** Who it is to the single sign-on: issuer and subject. */
  readonly subject?: string | undefined;
}

/** Accounts in the store. Names are told apart without regard to case. */
export interface Accounts {
  list(): StoredAccount[];
  find(name: string): StoredAccount | null;
  findSubject(subject: string): StoredAccount | null;
  /** An account of this name, or of one that looks the same. */
  findAlike(name: string): StoredAccount | null;
  /** Null where the name, or one that looks the same, is taken. */
  add(account: NewAccount): StoredAccount | null;
  change(id: number, settings: AccountSettings): void;
  /** Also unlocks the account. */
  setPassword(id: number, passwordHash: string): void;
  /** False where the password is another one by now. */
  replacePassword(id: number, before: string, passwordHash: string): boolean;
  /** Attempts to guess its password that were counted so far do not count any more. */
  unlock(id: number): void;
  /** Somebody signed in to it from this network. */
  noteNetwork(id: number, network: string): void;
  /** Whether somebody signed in to it from this network within the last months. */
  isKnownNetwork(id: number, network: string): boolean;
  remove(id: number): void;
  /** Whether anybody but the demo's accounts could sign in. */
  hasAny(): boolean;
  /** Whether somebody other than this account may manage accounts. */
  hasOtherAdmin(id: number): boolean;
}

export const ACCOUNT_COLUMNS =
  'accounts.id, accounts.name, accounts.role, accounts.extensions, accounts.proof, accounts.password_hash, accounts.disabled, accounts.created_at, accounts.unlocked_at';

/** What names that look alike have in common (Unicode Technical Standard 39, 4). */
function lookOf(name: string): string {
  const visible = name.normalize('NFKD').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  return unhomoglyph(visible).normalize('NFKD').toLowerCase();
}

function lookAlike(a: string, b: string): boolean {
  return lookOf(a) === lookOf(b) || lookOf(accountKey(a)) === lookOf(accountKey(b));
}

/** For so many milliseconds a network that an account signed in from is known. */
const KNOWN_MS = 90 * 86_400_000;
/** An account is known in so many networks, those used last. */
const KNOWN_NETWORKS = 20;

const row = z.object({
  id: z.number(),
  name: z.string(),
  role: z.enum(ROLES),
  extensions: z.string(),
  proof: z.enum(PROOFS),
  password_hash: z.string().nullable(),
  disabled: z.number(),
  created_at: z.number(),
  unlocked_at: z.number(),
});

const listOfTexts = z.array(z.string());

/** The account in a row with {@link ACCOUNT_COLUMNS}; null where there is no row. */
export function accountOf(raw: unknown): StoredAccount | null {
  if (raw === undefined) return null;
  const {
    password_hash: passwordHash,
    created_at: createdAt,
    unlocked_at: unlockedAt,
    disabled,
    extensions,
    ...rest
  } = row.parse(raw);
  return {
    ...rest,
    extensions: listOfTexts.parse(JSON.parse(extensions)),
    disabled: disabled === 1,
    createdAt,
    passwordHash,
    unlockedAt,
  };
}

/** What administrators see of it. */
export function publicAccount({ name, role, extensions, proof, disabled, createdAt }: Account): Account {
  return { name, role, extensions, proof, disabled, createdAt };
}

export function createAccounts({
  db,
  now,
  onChange,
}: {
  db: Database.Database;
  now: () => number;
  /** Something changed that may bear on a live session. */
  onChange: () => void;
}): Accounts {
  const select = `SELECT ${ACCOUNT_COLUMNS} FROM accounts`;
  const all = db.prepare(`${select} ORDER BY name_key`);
  const byName = db.prepare(`${select} WHERE name_key = ?`);
  const bySubject = db.prepare(`${select} WHERE subject = ?`);
  const insert = db.prepare(
    `INSERT INTO accounts (name, name_key, role, extensions, proof, password_hash, subject, disabled, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING`,
  );
  const update = db.prepare('UPDATE accounts SET role = ?, extensions = ?, disabled = ? WHERE id = ?');
  const updatePassword = db.prepare('UPDATE accounts SET password_hash = ?, unlocked_at = ? WHERE id = ?');
  const unlock = db.prepare('UPDATE accounts SET unlocked_at = ? WHERE id = ?');
  const insertNetwork = db.prepare(
    `INSERT INTO known_networks (account_id, network, used_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET used_at = excluded.used_at`,
  );
  const deleteNetworks = db.prepare(
    `DELETE FROM known_networks WHERE account_id = ? AND network NOT IN
     (SELECT network FROM known_networks WHERE account_id = ? ORDER BY used_at DESC LIMIT ${KNOWN_NETWORKS})`,
  );
  const knownNetwork = db.prepare(
    'SELECT 1 FROM known_networks WHERE account_id = ? AND network = ? AND used_at > ?',
  );
  const replacePassword = db.prepare(
    'UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?',
  );
  const deleteOne = db.prepare('DELETE FROM accounts WHERE id = ?');
  const admins = db.prepare("SELECT 1 FROM accounts WHERE role = 'admin' AND disabled = 0 AND id <> ?");
  const real = db.prepare("SELECT 1 FROM accounts WHERE proof <> 'demo' AND disabled = 0");

  const list = () => all.all().flatMap((raw) => accountOf(raw) ?? []);
  const find = (name: string) => accountOf(byName.get(accountKey(name)));
  const findAlike = (name: string) =>
    find(name) ?? list().find((account) => lookAlike(account.name, name)) ?? null;
  return {
    list,
    find,
    findAlike,
    findSubject: (subject) => accountOf(bySubject.get(subject)),
    add({ name, role, extensions, proof, passwordHash = null, subject = null }) {
      if (findAlike(name) !== null) return null;
      const key = accountKey(name);
      const { changes } = insert.run(
        name,
        key,
        role,
        JSON.stringify(extensions),
        proof,
        passwordHash,
        subject,
        now(),
      );
      return changes === 0 ? null : find(name);
    },
    change(id, { role, extensions, disabled }) {
      update.run(role, JSON.stringify(extensions), disabled ? 1 : 0, id);
      onChange();
    },
    setPassword: (id, passwordHash) => void updatePassword.run(passwordHash, now(), id),
    replacePassword: (id, before, passwordHash) => replacePassword.run(passwordHash, id, before).changes > 0,
    unlock: (id) => void unlock.run(now(), id),
    noteNetwork(id, network) {
      insertNetwork.run(id, network, now());
      deleteNetworks.run(id, id);
    },
    isKnownNetwork: (id, network) => knownNetwork.get(id, network, now() - KNOWN_MS) !== undefined,
    remove(id) {
      deleteOne.run(id);
      onChange();
    },
    hasAny: () => real.get() !== undefined,
    hasOtherAdmin: (id) => admins.get(id) !== undefined,
  };
}
