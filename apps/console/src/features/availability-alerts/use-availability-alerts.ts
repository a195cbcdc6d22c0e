import { isFree } from '@lampboard/model';
import { useEffect, useEffectEvent } from 'react';
import { useDisplayName } from '../../entities/extension/use-display-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive } from '../../data/socket/live-context.tsx';
import { isLive } from '../../data/socket/connection-state.ts';
import { useSettings } from '../../data/settings/settings-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';

interface UserAlert {
  id: string;
  text: string;
  sound: boolean;
  onOpen: () => void;
}

/** Several pages of one browser see the same at the same time; the first calls, for so many milliseconds. */
const LOCK_HOLD_MS = 2000;

/** A sound, and, where nobody looks at the page and it is permitted, a notification of the desktop. */
function notifyUser(alert: UserAlert): void {
  // There are none where the page does not come from a secure address.
  const locks: LockManager | null | undefined = navigator.locks;
  if (!locks) {
    showAlert(alert);
    return;
  }
  const options = { ifAvailable: true };
  void locks.request(`lampboard.tell-me.${alert.id}`, options, async (lock) => {
    if (lock === null) return;
    showAlert(alert);
    await new Promise((resolve) => {
      setTimeout(resolve, LOCK_HOLD_MS);
    });
  });
}

function showAlert({ id, text, sound, onOpen }: UserAlert): void {
  if (sound)
    void import('./alert-sound.ts')
      .then(({ playAlertSound: playSoftSound }) => playSoftSound())
      .catch(() => undefined);
  if (document.hasFocus() || !('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const notification = new Notification(text, { tag: `lampboard.tell-me.${id}`, icon: '/favicon.svg' });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
      onOpen();
    });
  } catch {
    // Some telephones have the permission and no notifications of pages.
  }
}

/** Tells, once, when somebody that the account waits for can be reached: seen live, never as last known. */
export function useAvailabilityAlerts(onOpen: (id: string) => void): void {
  const t = useT();
  const { store } = useLive();
  const settings = useSettings();
  const toasts = useToasts();
  const nameOf = useDisplayName();

  const notify = useEffectEvent((id: string) => {
    const text = t('tell-me.reachable', { name: nameOf(id) });
    const open = () => onOpen(id);
    toasts.show({ text, tone: 'success', action: { label: t('quick.open'), run: open } });
    notifyUser({ id, text, sound: settings.store.getState().preferences.alertSound, onOpen: open });
  });

  useEffect(() => {
    const check = () => {
      const state = store.getState();
      const { watchedExtensions: watched } = settings.store.getState().preferences;
      if (watched.length === 0 || !isLive(state)) return;
      const available = watched.flatMap((id) => {
        const extension = state.board?.extensions.get(id);
        return extension !== undefined && isFree(extension) ? [extension] : [];
      });
      if (available.length === 0) return;
      const availableIds = new Set(available.map(({ id }) => id));
      // Taken off the list first: what is told is told once.
      settings.updatePreferences({ watchedExtensions: watched.filter((id) => !availableIds.has(id)) });
      for (const { id } of available) notify(id);
    };
    const unsubscribes = [store.subscribe(check), settings.store.subscribe(check)];
    check();
    return () => {
      for (const stop of unsubscribes) stop();
    };
  }, [store, settings]);
}
