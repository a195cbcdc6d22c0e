import {
  FAVOURITES,
  MAX_GROUPS,
  DEFAULT_PREFERENCES,
  type Preferences,
  type PreferencesPatch,
  preferences,
  preferencesPatch,
  type UserSettings,
  type UserGroup,
} from '@lampboard/protocol';
import { DONE, failure, tryOr } from '../platform/failure.ts';
import type { CommandHandlers } from '../auth/dispatcher.ts';
import type Database from 'libsql';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';
import { writePreparer, transaction } from '../platform/store/transaction.ts';

/** Preferences and groups of each account, in the store. */
export type UserSettingsStore = ReturnType<typeof createUserSettingsStore>;

const preferencesRow = z.object({ preferences: z.string() });
const groupRow = z.object({ id: z.string(), name: z.string(), members: jsonColumn(z.array(z.string())) });

export function createUserSettingsStore({ db }: { db: Database.Database }) {
  const prepareWrite = writePreparer(db);
  const selectPreferences = db.prepare('SELECT preferences FROM preferences WHERE account_id = ?');
  const putPreferences = prepareWrite(`INSERT INTO preferences VALUES (?, ?)
     ON CONFLICT (account_id) DO UPDATE SET preferences = excluded.preferences`);
  const selectGroups = db.prepare(
    'SELECT id, name, members FROM user_groups WHERE account_id = ? ORDER BY position',
  );
  const putGroup = prepareWrite(`INSERT INTO user_groups VALUES
     (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM user_groups WHERE account_id = ?), ?, ?)
     ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, members = excluded.members`);
  const setPosition = prepareWrite('UPDATE user_groups SET position = ? WHERE account_id = ? AND id = ?');
  const deleteGroup = prepareWrite('DELETE FROM user_groups WHERE account_id = ? AND id = ?');
  const listeners: ((accountId: number) => void)[] = [];
  const notify = (accountId: number) => {
    for (const listener of listeners) listener(accountId);
  };

  function preferencesOf(accountId: number): Preferences {
    const raw = selectPreferences.get(accountId);
    return readPreferences(raw === undefined ? null : preferencesRow.parse(raw).preferences);
  }

  function groupsOf(accountId: number): UserGroup[] {
    const stored = selectGroups.all(accountId).map((raw) => groupRow.parse(raw));
    const empty = { id: FAVOURITES, name: '', members: [] };
    const favourites = stored.find(({ id }) => id === FAVOURITES) ?? empty;
    return [favourites, ...stored.filter(({ id }) => id !== FAVOURITES)];
  }

  return {
    get: (accountId: number): UserSettings => ({
      preferences: preferencesOf(accountId),
      groups: groupsOf(accountId),
    }),
    setPreferences(accountId: number, patch: PreferencesPatch) {
      putPreferences.run(accountId, JSON.stringify(withPatch(preferencesOf(accountId), patch)));
      notify(accountId);
    },
    /** Adds a group at the end, or changes it; returns false if there are already {@link MAX_GROUPS}. */
    saveGroup(accountId: number, { id, name, members }: UserGroup) {
      const groups = groupsOf(accountId);
      if (groups.length >= MAX_GROUPS && groups.every((group) => group.id !== id)) return false;
      putGroup.run(accountId, id, accountId, id === FAVOURITES ? '' : name, JSON.stringify(members));
      notify(accountId);
      return true;
    },
    removeGroup(accountId: number, id: string) {
      deleteGroup.run(accountId, id);
      notify(accountId);
    },
    reorderGroups(accountId: number, ids: readonly string[]) {
      const all = groupsOf(accountId).map(({ id }) => id);
      const ordered = new Set([...ids.filter((id) => all.includes(id)), ...all]);
      transaction(db, () => {
        for (const [position, id] of [...ordered].entries()) setPosition.run(position, accountId, id);
      });
      notify(accountId);
    },
    subscribe: (listener: (accountId: number) => void) => void listeners.push(listener),
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
  const value: unknown = tryOr(() => JSON.parse(text ?? '{}'), null);
  return typeof value === 'object' && value !== null ? value : {};
}

const LIMIT_REACHED = failure(
  'limit-reached',
  `You already have ${MAX_GROUPS} groups. Remove one you no longer need; nothing was changed.`,
);
const GROUP_NAME_REQUIRED = failure('invalid', 'A group needs a name. Nothing was changed.');
const FAVOURITES_PERMANENT = failure(
  'invalid',
  'The favourites can be emptied, but not removed. Nothing was changed.',
);

export function createPreferencesCommands({ userSettings }: { userSettings: UserSettingsStore }) {
  return {
    'set-preferences'({ preferences }, { account }) {
      userSettings.setPreferences(account.id, preferences);
      return DONE;
    },
    'save-group'({ group }, { account }) {
      if (group.name === '' && group.id !== FAVOURITES) return GROUP_NAME_REQUIRED;
      return userSettings.saveGroup(account.id, group) ? DONE : LIMIT_REACHED;
    },
    'remove-group'({ group }, { account }) {
      if (group === FAVOURITES) return FAVOURITES_PERMANENT;
      userSettings.removeGroup(account.id, group);
      return DONE;
    },
    'reorder-groups'({ groups }, { account }) {
      userSettings.reorderGroups(account.id, groups);
      return DONE;
    },
  } satisfies Partial<CommandHandlers>;
}
