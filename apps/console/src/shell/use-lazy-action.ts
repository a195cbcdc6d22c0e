import { useT } from '../i18n/i18n-context.tsx';
import { useToasts } from '../ui/toaster.tsx';

/** Fetches a part that lies over the page, and then shows it; where it can't be had, that is told, and nothing opens. */
export function useLazyAction(): <T>(load: () => Promise<T>, show: (value: T) => void) => Promise<void> {
  const t = useT();
  const toasts = useToasts();
  return async (load, show) => {
    try {
      show(await load());
    } catch {
      toasts.show({ text: t('page.part-not-loaded'), tone: 'error' });
    }
  };
}
