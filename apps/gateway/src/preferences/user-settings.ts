import {
  DEFAULT_PREFERENCES,
  type Preferences,
  type PreferencesPatch,
  preferences,
  preferencesPatch,
  FAVOURITES,
  MAX_GROUPS,
  type UserSettings,
  type UserGroup,
} from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite, transaction } from '../platform/store/transaction.ts';

/** Preferences and groups of each account, in the store. */
export interface UserSettingsStore {
  get(accountId: number): UserSettings;
  setPreferences(accountId: number, patch: PreferencesPatch): void;
  /** Adds a group at the end, or changes it; returns false if there are already {@link MAX_GROUPS}. */
  saveGroup(accountId: number, group: UserGroup): boolean;
  removeGroup(accountId: number, id: string): void;
  reorderGroups(accountId: number, ids: readonly string[]): void;
  subscribe(listener: (accountId: number) => void): void;
}

const preferencesRow = z.object({ preferences: z.string() });
const groupRow = z.object({ id: z.string(), name: z.string(), members: z.string() });
const stringArray = z.array(z.string());

export function createUserSettingsStore({ db }: { db: Database.Database }): UserSettingsStore {
  const selectPreferences = db.prepare('SELECT preferences FROM preferences WHERE account_id = ?');
  const putPreferences = prepareWrite(
    db,
    `INSERT INTO preferences VALUES (?, ?)
     ON CONFLICT (account_id) DO UPDATE SET preferences = excluded.preferences`,
  );
  const selectGroups = db.prepare(
    'SELECT id, name, members FROM user_groups WHERE account_id = ? ORDER BY position',
  );
  const putGroup = prepareWrite(
    db,
    `INSERT INTO user_groups VALUES
     (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM user_groups WHERE account_id = ?), ?, ?)
     ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, members = excluded.members`,
  );
  const setPosition = prepareWrite(db, 'UPDATE user_groups SET position = ? WHERE account_id = ? AND id = ?');
  const deleteGroup = prepareWrite(db, 'DELETE FROM user_groups WHERE account_id = ? AND id = ?');
  const listeners: ((accountId: number) => void)[] = [];
  const notify = (accountId: number) => {
    for (const listener of listeners) listener(accountId);
  };

  function preferencesOf(accountId: number): Preferences {
    const raw = selectPreferences.get(accountId);
    return readPreferences(raw === undefined ? null : preferencesRow.parse(raw).preferences);
  }

  function groupsOf(accountId: number): UserGroup[] {
    const stored = selectGroups.all(accountId).map((raw) => {
      const { members, ...group } = groupRow.parse(raw);
      return { ...group, members: stringArray.parse(JSON.parse(members)) };
    });
    const favourites = stored.find(({ id }) => id === FAVOURITES) ?? {
      id: FAVOURITES,
      name: '',
      members: [],
    };
    return [favourites, ...stored.filter(({ id }) => id !== FAVOURITES)];
  }

  return {
    get: (accountId) => ({ preferences: preferencesOf(accountId), groups: groupsOf(accountId) }),
    setPreferences(accountId, patch) {
      putPreferences.run(accountId, JSON.stringify(withPatch(preferencesOf(accountId), patch)));
      notify(accountId);
    },
    saveGroup(accountId, { id, name, members }) {
      const groups = groupsOf(accountId);
      if (groups.length >= MAX_GROUPS && groups.every((group) => group.id !== id)) return false;
      putGroup.run(accountId, id, accountId, id === FAVOURITES ? '' : name, JSON.stringify(members));
      notify(accountId);
      return true;
    },
    removeGroup(accountId, id) {
      deleteGroup.run(accountId, id);
      notify(accountId);
    },
    reorderGroups(accountId, ids) {
      const all = groupsOf(accountId).map(({ id }) => id);
      const ordered = new Set([...ids.filter((id) => all.includes(id)), ...all]);
      transaction(db, () => {
        for (const [position, id] of [...ordered].entries()) setPosition.run(position, accountId, id);
      });
      notify(accountId);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}

/** Unknown and invalid fields get their default. */
function readPreferences(stored: string | null): Preferences {
  const fields = Object.entries(parseObject(stored)).map(
    ([name, value]) => preferencesPatch.safeParse({ [name]: value }).data ?? {},
  );
  return fields.reduce(withPatch, DEFAULT_PREFERENCES);
}

function withPatch(before: Preferences, patch: PreferencesPatch): Preferences {
  const defined = Object.entries(patch).filter(([, value]) => value !== undefined);
  return preferences.parse({ ...before, ...Object.fromEntries(defined) });
}

function parseObject(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
