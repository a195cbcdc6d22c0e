import { phoneLamp } from '@lampboard/model';
import { useCallback, useMemo } from 'react';
import { useSettings } from '../../data/preferences/settings-context.tsx';
import { useLive } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';
import { useDisplayName } from './use-display-name.ts';

/** The oldest is removed beyond this number. */
const MAX_WATCHED = 50;

/** Toggles notifications for an extension; returns whether they are on. */
export function useToggleWatch(): (id: string) => boolean {
  const settings = useSettings();
  return useCallback(
    (id: string) => {
      const { watchedExtensions } = settings.store.getState().preferences;
      const isWatched = watchedExtensions.includes(id);
      const others = watchedExtensions.filter((other) => other !== id);
      settings.updatePreferences({
        watchedExtensions: isWatched ? others : [...others, id].slice(-MAX_WATCHED),
      });
      // Browsers require a click for the prompt.
      if (!isWatched && 'Notification' in window && Notification.permission === 'default') {
        void Notification.requestPermission();
      }
      return !isWatched;
    },
    [settings],
  );
}

/** Toggles favourites and notifications, with a toast for each. */
export function useExtensionActions() {
  const t = useT();
  const settings = useSettings();
  const { store } = useLive();
  const nameOf = useDisplayName();
  const toasts = useToasts();
  const toggleWatch = useToggleWatch();
  return useMemo(() => {
    const showSuccess = (text: string) => toasts.show({ text, tone: 'success' });
    return {
      toggleFavourite: (id: string) => {
        const isOn = settings.toggleFavourite(id);
        showSuccess(t(isOn ? 'tile.favourite-added' : 'tile.favourite-removed', { name: nameOf(id) }));
      },
      toggleWatch: (id: string) => {
        const extension = extensionsOf(store.getState()).get(id);
        if (extension !== undefined && phoneLamp(extension) === null) {
          toasts.show({ text: t('tile.watch-no-phone', { name: nameOf(id) }), tone: 'error' });
          return;
        }
        const isOn = toggleWatch(id);
        showSuccess(t(isOn ? 'tile.watch-started' : 'tile.watch-cancelled', { name: nameOf(id) }));
      },
    };
  }, [t, settings, store, nameOf, toasts, toggleWatch]);
}
