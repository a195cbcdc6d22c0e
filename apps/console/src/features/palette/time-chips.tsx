import { X } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { returnTimeText } from '../../i18n/return-times/write.ts';
import { useTimed } from '../../live/live-context.tsx';
import { backInFull } from './back-in-full.ts';
import type { LineEdits } from './line-edits.ts';
import type { TimeInLine } from './time-in-line.ts';

/** The return time that was read in the line, and the other one that could be meant. */
export function TimeChips({ time: { other, ...time }, edits }: { time: TimeInLine; edits: LineEdits }) {
  const t = useT();
  const when = useTimed((now) => backInFull(t, time.at, now));
  const otherwise = useTimed(other === null ? null : (now) => returnTimeText(t, other, now));
  return (
    <p className="preview-times">
      <span className="time-chip">
        {t('tile.back', { time: when ?? '' })}
        <button
          type="button"
          aria-label={t('palette.time-as-text', { text: time.text })}
          title={t('palette.time-as-text', { text: time.text })}
          onClick={() => edits.keepAsText(time.text)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </span>
      {otherwise !== null && (
        <button type="button" className="line-chip" onClick={() => edits.replace(time, otherwise)}>
          {t('back.or', { time: otherwise })}
        </button>
      )}
    </p>
  );
}
