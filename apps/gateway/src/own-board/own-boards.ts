import {
  FAVOURITES,
  GROUPS_MAX,
  type OwnBoard,
  type OwnGroup,
  type Preferences,
  type PreferencesPatch,
} from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite, transaction } from '../store/transaction.ts';
import { readPreferences, withPatch } from './stored-preferences.ts';

/** What each account has made of its board, in the store. */
export interface OwnBoards {
  get(accountId: number): OwnBoard;
  setPreferences(accountId: number, patch: PreferencesPatch): void;
  /** Adds a group at the end, or changes it; false where there are {@link GROUPS_MAX} already, the favourites among them. */
  saveGroup(accountId: number, group: OwnGroup): boolean;
  removeGroup(accountId: number, id: string): void;
  orderGroups(accountId: number, ids: readonly string[]): void;
  /** Calls back after each change. */
  subscribe(listener: (accountId: number) => void): void;
}

const preferencesRow = z.object({ preferences: z.string() });
const groupRow = z.object({ id: z.string(), name: z.string(), members: z.string() });
const listOfTexts = z.array(z.string());

export function createOwnBoards({ db }: { db: Database.Database }): OwnBoards {
  const selectPreferences = db.prepare('SELECT preferences FROM preferences WHERE account_id = ?');
  const putPreferences = prepareWrite(
    db,
    `INSERT INTO preferences VALUES (?, ?)
     ON CONFLICT (account_id) DO UPDATE SET preferences = excluded.preferences`,
  );
  const selectGroups = db.prepare(
    'SELECT id, name, members FROM own_groups WHERE account_id = ? ORDER BY place',
  );
  const putGroup = prepareWrite(
    db,
    `INSERT INTO own_groups VALUES
     (?, ?, (SELECT coalesce(max(place), 0) + 1 FROM own_groups WHERE account_id = ?), ?, ?)
     ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, members = excluded.members`,
  );
  const setPlace = prepareWrite(db, 'UPDATE own_groups SET place = ? WHERE account_id = ? AND id = ?');
  const deleteGroup = prepareWrite(db, 'DELETE FROM own_groups WHERE account_id = ? AND id = ?');
  const listeners: ((accountId: number) => void)[] = [];
  const changed = (accountId: number) => {
    for (const listener of listeners) listener(accountId);
  };

  function preferencesOf(accountId: number): Preferences {
    const raw = selectPreferences.get(accountId);
    return readPreferences(raw === undefined ? null : preferencesRow.parse(raw).preferences);
  }

  function groupsOf(accountId: number): OwnGroup[] {
    const stored = selectGroups.all(accountId).map((raw) => {
      const { members, ...group } = groupRow.parse(raw);
      return { ...group, members: listOfTexts.parse(JSON.parse(members)) };
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
      changed(accountId);
    },
    saveGroup(accountId, { id, name, members }) {
      const groups = groupsOf(accountId);
      if (groups.length >= GROUPS_MAX && groups.every((group) => group.id !== id)) return false;
      putGroup.run(accountId, id, accountId, id === FAVOURITES ? '' : name, JSON.stringify(members));
      changed(accountId);
      return true;
    },
    removeGroup(accountId, id) {
      deleteGroup.run(accountId, id);
      changed(accountId);
    },
    orderGroups(accountId, ids) {
      const all = groupsOf(accountId).map(({ id }) => id);
      const ordered = new Set([...ids.filter((id) => all.includes(id)), ...all]);
      transaction(db, () => {
        for (const [place, id] of [...ordered].entries()) setPlace.run(place, accountId, id);
      });
      changed(accountId);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
