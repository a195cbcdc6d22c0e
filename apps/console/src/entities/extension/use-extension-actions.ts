import { useCallback, useMemo } from 'react';
import { useSettings } from '../../data/settings/settings-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';
import { useDisplayName } from './use-display-name.ts';

/** So many can be waited for at once; the oldest makes way. */
const MAX_WATCHED = 50;

/** Whether the account is to be told once this extension can be reached, switched over. Returns what it is from here on. */
export function useToggleWatch(): (id: string) => boolean {
  const settings = useSettings();
  return useCallback(
    (id: string) => {
      const { watchedExtensions: watched } = settings.store.getState().preferences;
      const isWatched = watched.includes(id);
      const others = watched.filter((other) => other !== id);
      settings.updatePreferences({
        watchedExtensions: isWatched ? others : [...others, id].slice(-MAX_WATCHED),
      });
      // Browsers want to be asked by a click, and only once.
      if (!isWatched && 'Notification' in window && Notification.permission === 'default') {
        void Notification.requestPermission();
      }
      return !isWatched;
    },
    [settings],
  );
}

interface ExtensionActions {
  toggleFavourite: (id: string) => void;
  toggleWatch: (id: string) => void;
}

/** What the account marks somebody with, by a key or a star; what it is from then on is told. */
export function useExtensionActions(): ExtensionActions {
  const t = useT();
  const settings = useSettings();
  const nameOf = useDisplayName();
  const toasts = useToasts();
  const toggleWatched = useToggleWatch();
  return useMemo(() => {
    const showSuccess = (text: string) => toasts.show({ text, tone: 'success' });
    return {
      toggleFavourite: (id) => {
        const isOn = settings.toggleFavourite(id);
        showSuccess(t(isOn ? 'tile.favourite-on' : 'tile.favourite-off', { name: nameOf(id) }));
      },
      toggleWatch: (id) => {
        const isOn = toggleWatched(id);
        showSuccess(t(isOn ? 'tile.told-on' : 'tile.told-off', { name: nameOf(id) }));
      },
    };
  }, [t, settings, nameOf, toasts, toggleWatched]);
}
