import { useCallback } from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { useToasts } from '../ui/toaster.tsx';

export function useLazyAction(): <T>(load: () => Promise<T>, show: (value: T) => void) => Promise<void> {
  const t = useT();
  const toasts = useToasts();
  return useCallback(
    async (load, show) => {
      try {
        show(await load());
      } catch {
        toasts.show({ text: t('page.section-not-loaded'), tone: 'error' });
      }
    },
    [t, toasts],
  );
}
