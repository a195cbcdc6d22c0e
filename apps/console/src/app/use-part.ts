import { useT } from '../i18n/i18n-context.tsx';
import { useNotices } from '../ui/notices.tsx';

/** Fetches a part that lies over the page, and then shows it; where it can't be had, that is told, and nothing opens. */
export function usePart(): <T>(load: () => Promise<T>, show: (part: T) => void) => Promise<void> {
  const t = useT();
  const notices = useNotices();
  return async (load, show) => {
    try {
      show(await load());
    } catch {
      notices.tell({ text: t('page.part-not-loaded'), tone: 'alert' });
    }
  };
}
