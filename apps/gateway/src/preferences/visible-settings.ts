import type { Sight } from '@lampboard/model';
import { preferencesPatch, userGroup } from '@lampboard/protocol';
import type { UserSettingsStore } from './user-settings.ts';

type Ids = readonly string[];

/**
 * The settings as each account sees them: without extensions that are not visible. Those are stored on, as the account was
 * not sent them and so has not removed them. `sightOf` returns null for an account that sees everything.
 */
export function visibleSettings(
  store: UserSettingsStore,
  sightOf: (accountId: number) => Sight | null,
): UserSettingsStore {
  return {
    ...store,
    get(accountId) {
      const settings = store.get(accountId);
      const sight = sightOf(accountId);
      if (sight === null) return settings;
      const { preferences, groups } = settings;
      const visible = (ids: Ids) => [...new Set(ids.flatMap((id) => sight.visibleIds.get(id) ?? []))];
      return {
        preferences: { ...preferences, watchedExtensions: visible(preferences.watchedExtensions) },
        groups: groups.map((group) => ({ ...group, members: visible(group.members) })),
      };
    },
    setPreferences(accountId, patch) {
      const { watchedExtensions: ids } = patch;
      const sight = sightOf(accountId);
      if (ids === undefined || sight === null) return store.setPreferences(accountId, patch);
      const { watchedExtensions: stored } = store.get(accountId).preferences;
      const isValid = (merged: Ids) => preferencesPatch.safeParse({ watchedExtensions: merged }).success;
      const watchedExtensions = withInvisible(ids, stored, sight, isValid);
      return store.setPreferences(accountId, { ...patch, watchedExtensions });
    },
    saveGroup(accountId, group) {
      const sight = sightOf(accountId);
      if (sight === null) return store.saveGroup(accountId, group);
      const stored = store.get(accountId).groups.find(({ id }) => id === group.id);
      const isValid = (merged: Ids) => userGroup.safeParse({ ...group, members: merged }).success;
      const members = withInvisible(group.members, stored?.members ?? [], sight, isValid);
      return store.saveGroup(accountId, { ...group, members });
    },
  };
}

/** Puts each stored id that is not visible behind the one that it was behind, as long as there is room. */
function withInvisible(ids: Ids, stored: Ids, sight: Sight, isValid: (ids: Ids) => boolean): Ids {
  const visible = [...new Set(ids.map((id) => sight.boardIds.get(id) ?? id))];
  return stored.reduce<Ids>((merged, id, index) => {
    if (sight.visibleIds.has(id) || merged.includes(id)) return merged;
    const next = merged.toSpliced(merged.indexOf(stored[index - 1] ?? '') + 1, 0, id);
    return isValid(next) ? next : merged;
  }, visible);
}
