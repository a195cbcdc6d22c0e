import { CLOCK } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Span } from './days.ts';

/** What telephone and person were in a span. */
export function wasWords(t: Translate, { lamp, presence }: Pick<Span, 'lamp' | 'presence'>): string {
  if (lamp === null) return t('history.unknown');
  const words = t(`lamp.${lamp}`);
  return presence === null ? words : `${words} · ${t(`presence.${presence}`)}`;
}

/** `10:12–10:19 · In use · Available`. */
export function spanWords(t: Translate, span: Span): string {
  const time = new Intl.DateTimeFormat(t.locale, CLOCK);
  return `${time.formatRange(span.from, span.to)} · ${wasWords(t, span)}`;
}
