import type { Back } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration } from '../../live/live-context.tsx';
import { useNow } from './use-now.ts';
import './back-line.css';

/** When the person said to be back, and what follows by itself then; from that moment on, how late they are. */
export function BackLine({ back: { at, next } }: { back: Back }) {
  const t = useT();
  const { backTime } = useFormats();
  const time = useNow((now) => backTime(at, now));
  return (
    <p className="back-line">
      {t('edits.back', { time })}
      {next !== null && `, ${t('back.then', { state: t(`presence.${next}`) })}`} <Late at={at} />
    </p>
  );
}

/** By how much the person is later than they said; nothing while they are not. It stands still while not live. */
export function Late({ at }: { at: number }) {
  const { lateTime } = useFormats();
  const late = useDuration(at, (ms) => (ms > 0 ? lateTime(ms) : ''));
  return late !== null && late !== '' && <strong className="late">{late}</strong>;
}
