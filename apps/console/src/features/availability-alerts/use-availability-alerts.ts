import { isFree } from '@lampboard/model';
import { useEffect, useEffectEvent } from 'react';
import { useDisplayName } from '../../entities/extension/use-display-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { basePath } from '../../data/http/base-path.ts';
import { useLive } from '../../data/socket/live-context.tsx';
import { isLive } from '../../data/socket/connection-state.ts';
import { useSettings } from '../../data/preferences/settings-context.tsx';
import { useToasts } from '../../ui/toaster.tsx';

interface UserAlert {
  id: string;
  text: string;
  sound: boolean;
  onOpen: () => void;
}

/** Another Lampboard on the same host name has alerts of its own. */
const alertKey = ({ id }: Pick<UserAlert, 'id'>) => `lampboard.alert.${id}${basePath()}`;

/** How long the lock keeps other pages of the same browser from alerting too. */
const LOCK_HOLD_MS = 2000;

/**
 * Plays the sound and, unless the page has the focus, shows a desktop notification; in one page of the browser
 * only.
 */
function notifyUser(alert: UserAlert): void {
  // Undefined in an insecure context.
  const locks: LockManager | null | undefined = navigator.locks;
  if (!locks) {
    showAlert(alert);
    return;
  }
  const options = { ifAvailable: true };
  void locks.request(alertKey(alert), options, async (lock) => {
    if (lock === null) return;
    showAlert(alert);
    await new Promise((resolve) => {
      setTimeout(resolve, LOCK_HOLD_MS);
    });
  });
}

function showAlert({ id, text, sound, onOpen }: UserAlert): void {
  if (sound)
    void import('./alert-sound.ts').then(({ playAlertSound }) => playAlertSound()).catch(() => undefined);
  if (document.hasFocus() || !('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const notification = new Notification(text, { tag: alertKey({ id }), icon: `${basePath()}/favicon.svg` });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
      onOpen();
    });
  } catch {
    // Some mobile browsers grant the permission but have no page notifications.
  }
}

interface AlertHandlers {
  onOpen: (id: string) => void;
  onAlert: (id: string) => void;
}

/** Notifies once when a watched extension becomes free on a live PBX. */
export function useAvailabilityAlerts({ onOpen, onAlert }: AlertHandlers): void {
  const t = useT();
  const { store } = useLive();
  const settings = useSettings();
  const toasts = useToasts();
  const nameOf = useDisplayName();

  const notify = useEffectEvent((id: string) => {
    const text = t('alerts.reachable', { name: nameOf(id) });
    const open = () => onOpen(id);
    toasts.show({ text, tone: 'success', action: { label: t('toast.open'), run: open } });
    onAlert(id);
    notifyUser({ id, text, sound: settings.store.getState().preferences.alertSound, onOpen: open });
  });

  useEffect(() => {
    /** Until they are not free: an alert whose removal fails is restored. */
    const notified = new Set<string>();
    const check = () => {
      const state = store.getState();
      const { watchedExtensions } = settings.store.getState().preferences;
      const isAvailable = (id: string) => {
        const extension = state.board?.extensions.get(id);
        return extension !== undefined && isFree(extension) && isLive(state, id);
      };
      for (const id of notified) if (!isAvailable(id)) notified.delete(id);
      const available = watchedExtensions.filter((id) => !notified.has(id) && isAvailable(id));
      if (available.length === 0) return;
      for (const id of available) notified.add(id);
      settings.updatePreferences({
        watchedExtensions: watchedExtensions.filter((id) => !notified.has(id)),
      });
      for (const id of available) notify(id);
    };
    const unsubscribes = [store.subscribe(check), settings.store.subscribe(check)];
    check();
    return () => {
      for (const stop of unsubscribes) stop();
    };
  }, [store, settings]);
}
