import { FAVOURITES, type UserSettings, type UserGroup, type Preferences } from '@lampboard/protocol';
import { type ReactNode, createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Settings } from './create-settings.ts';

const SettingsContext = createContext<Settings | null>(null);

export const SettingsProvider = ({ settings, children }: { settings: Settings; children: ReactNode }) => (
  <SettingsContext value={settings}>{children}</SettingsContext>
);

export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (settings === null) throw new Error('SettingsProvider is missing');
  return settings;
}

function useSettingsState<T>(selector: (settings: UserSettings) => T): T {
  return useStore(useSettings().store, selector);
}

export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useSettingsState(({ preferences }) => preferences[name]);
}

/** Returns the account's groups in order, including favourites. */
export const useUserGroups = (): readonly UserGroup[] => useSettingsState(({ groups }) => groups);

export function useIsFavourite(extension: string): boolean {
  return useSettingsState(({ groups }) =>
    groups.some(({ id, members }) => id === FAVOURITES && members.includes(extension)),
  );
}

/** True if the user is notified when the extension becomes reachable. */
export const useIsWatched = (extension: string): boolean =>
  useSettingsState(({ preferences }) => preferences.watchedExtensions.includes(extension));
