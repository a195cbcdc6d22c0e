import { useT } from '../../i18n/i18n-context.tsx';
import { returnTimeText } from '../../i18n/return-times/write.ts';
import { useTimed } from '../../live/live-context.tsx';
import { echo } from './echo.ts';
import type { LineEdits } from './line-edits.ts';
import type { Overlooked } from './time-in-line.ts';

interface OverlookedNoteProps {
  overlooked: Overlooked;
  /** Whoever is in the state that is set has no return time. */
  isThere: boolean;
  edits: LineEdits;
}

/** Words of the message that may have been meant as a return time, and one click to make them one. */
export function OverlookedNote({ overlooked: { at, ...span }, isThere, edits }: OverlookedNoteProps) {
  const t = useT();
  const time = useTimed(at === null || isThere ? null : (now) => returnTimeText(t, at, now));
  return (
    <p className="preview-overlooked">
      <output>
        {t(isThere ? 'palette.no-return-time' : 'palette.overlooked', { text: echo(span.text) })}
      </output>
      {time !== null && (
        <button type="button" className="line-chip" onClick={() => edits.moveToEnd(span, time)}>
          {t('palette.back', { time })}
        </button>
      )}
    </p>
  );
}
