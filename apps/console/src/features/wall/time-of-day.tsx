import { CLOCK } from '../../i18n/formats.ts';
import { useMemo, useSyncExternalStore } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock } from '../../live/live-context.tsx';

/** The time by this browser's clock, which goes on whatever happens. */
export function TimeOfDay() {
  const { locale } = useT();
  const clock = useClock();
  const format = useMemo(() => new Intl.DateTimeFormat(locale, CLOCK), [locale]);
  const text = useSyncExternalStore(clock.subscribe, () => format.format(clock.now()));
  return <time className="wall-clock">{text}</time>;
}
