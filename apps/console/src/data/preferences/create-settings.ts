import { type Aliases, NO_ALIASES, resolveIds } from '@lampboard/model';
import {
  DEFAULT_PREFERENCES,
  FAVOURITES,
  type Failure,
  type UserSettings,
  type UserGroup,
  type Preferences,
  userSettings,
} from '@lampboard/protocol';
import { type StoreApi, createStore } from 'zustand/vanilla';
import type { Api } from '../http/api.ts';

const NO_FAVOURITES: UserGroup = { id: FAVOURITES, name: '', members: [] };
/** Used until the gateway has sent the settings. */
const INITIAL_SETTINGS: UserSettings = { preferences: DEFAULT_PREFERENCES, groups: [NO_FAVOURITES] };

/** The account's settings, stored by the gateway. Changes are applied immediately and reverted where they fail. */
export interface Settings {
  readonly store: Pick<StoreApi<UserSettings>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Validates and applies settings from the gateway; returns false where they are invalid. */
  receive: (raw: unknown) => boolean;
  updatePreferences: (patch: Partial<Preferences>) => void;
  saveGroup: (group: UserGroup) => void;
  removeGroup: (id: string) => void;
  /** Moves these groups to the front, in this order. */
  reorderGroups: (ids: readonly string[]) => void;
  /** Returns whether it is a favourite now. */
  toggleFavourite: (extension: string) => boolean;
  /** Subscribes to failed changes; returns an unsubscribe function. */
  onError: (listener: (failure: Failure) => void) => () => void;
  /** Replaces further numbers of entries by the ids of these, as the board has them. */
  setAliases: (aliases: Aliases) => void;
  clear: () => void;
}

export function createSettings({
  sendCommand,
  accountName,
}: {
  sendCommand: Api['sendCommand'];
  /** Null while signed out. */
  accountName: () => string | null;
}): Settings {
  const store = createStore<UserSettings>(() => INITIAL_SETTINGS);
  /** As stored. */
  let confirmed = INITIAL_SETTINGS;
  let aliases = NO_ALIASES;
  let pendingCount = 0;
  const listeners = new Set<(failure: Failure) => void>();

  /** Skipped while a change is pending: it would undo that change for a moment. */
  const publish = () => {
    if (pendingCount === 0) store.setState(withEntryIds(confirmed, aliases), true);
  };

  async function update(next: UserSettings, send: (account: string) => Promise<{ ok: true } | Failure>) {
    const account = accountName();
    if (account === null) return;
    store.setState(next, true);
    pendingCount += 1;
    const reply = await send(account);
    pendingCount -= 1;
    if (reply.ok) confirmed = pendingCount === 0 ? store.getState() : confirmed;
    else for (const listener of listeners) listener(reply);
    publish();
  }

  const groups = () => store.getState().groups;
  const withGroups = (next: readonly UserGroup[]): UserSettings => ({ ...store.getState(), groups: next });

  const saveGroup: Settings['saveGroup'] = (group) => {
    const exists = groups().some(({ id }) => id === group.id);
    const next = exists
      ? groups().map((other) => (other.id === group.id ? group : other))
      : [...groups(), group];
    void update(withGroups(next), (account) => sendCommand('save-group', { account, group }));
  };

  return {
    store,
    receive: (raw) => {
      const parsed = userSettings.safeParse(raw);
      if (!parsed.success) return false;
      confirmed = parsed.data;
      publish();
      return true;
    },
    updatePreferences: (patch) => {
      const { preferences } = store.getState();
      const next = { ...store.getState(), preferences: { ...preferences, ...patch } };
      void update(next, (account) => sendCommand('set-preferences', { account, preferences: patch }));
    },
    saveGroup,
    removeGroup: (id) =>
      void update(withGroups(groups().filter((group) => group.id !== id)), (account) =>
        sendCommand('remove-group', { account, group: id }),
      ),
    reorderGroups: (ids) => {
      const positionOf = ({ id }: UserGroup) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
      const next = groups().toSorted((a, b) => positionOf(a) - positionOf(b));
      void update(withGroups(next), (account) =>
        sendCommand('reorder-groups', { account, groups: [...ids] }),
      );
    },
    toggleFavourite: (extension) => {
      const favourites = groups().find(({ id }) => id === FAVOURITES) ?? NO_FAVOURITES;
      const wasFavourite = favourites.members.includes(extension);
      const members = wasFavourite
        ? favourites.members.filter((id) => id !== extension)
        : [...favourites.members, extension];
      saveGroup({ ...favourites, members });
      return !wasFavourite;
    },
    onError: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setAliases: (next) => {
      aliases = next;
      publish();
    },
    clear: () => {
      confirmed = INITIAL_SETTINGS;
      store.setState(INITIAL_SETTINGS, true);
    },
  };
}

/** Returns settings with the ids of entries in place of further numbers; the same object where there are none. */
function withEntryIds(settings: UserSettings, aliases: Aliases): UserSettings {
  const { preferences } = settings;
  const watchedExtensions = resolveIds(aliases, preferences.watchedExtensions);
  const groups = settings.groups.map((group) => {
    const members = resolveIds(aliases, group.members);
    return members === group.members ? group : { ...group, members };
  });
  const isSame =
    watchedExtensions === preferences.watchedExtensions &&
    groups.every((group, index) => group === settings.groups[index]);
  return isSame ? settings : { preferences: { ...preferences, watchedExtensions }, groups };
}
