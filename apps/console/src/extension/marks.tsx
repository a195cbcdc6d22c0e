import type { Contradiction } from '@lampboard/board';
import { BellRing, Hourglass, PencilLine, Star, TriangleAlert } from 'lucide-react';
import { useFormats } from '../i18n/formats.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { useDuration } from '../live/live-context.tsx';
import './marks.css';

// Marks are for the eye: the extension's accessible name says all of them in words.

/** The context of a number that another one has as well; nothing where there is none to be told. */
export function ContextMark({ context }: { context: string | null }) {
  const t = useT();
  return (
    context !== null && (
      <span className="mark-context" dir="auto" title={t('person.context', { context })}>
        {context}
      </span>
    )
  );
}

/** `12 min late`: the only red that is no lamp. */
export function LateMark({ late }: { late: string }) {
  return (
    <span className="mark-late">
      <Hourglass size={12} aria-hidden="true" />
      {late}
    </span>
  );
}

export function ContradictionMark({ contradiction }: { contradiction: Contradiction }) {
  const t = useT();
  return (
    <span className="mark-contradiction" title={t(`sense.${contradiction}`)}>
      <TriangleAlert size={14} aria-hidden="true" />
    </span>
  );
}

export function UnsavedMark() {
  const t = useT();
  return (
    <span className="mark-unsaved" title={t('tile.not-saved-title')}>
      <PencilLine size={14} aria-hidden="true" />
    </span>
  );
}

/** `near`: the star can be met by the pointer, favourite or not; keys have a key of their own. */
export function OwnMarks({ favourite, told, near }: { favourite: boolean; told: boolean; near: boolean }) {
  const t = useT();
  if (!favourite && !told && !near) return null;
  return (
    <span className="own-marks">
      {(favourite || near) && (
        <span
          className="mark-star"
          data-on={favourite || undefined}
          title={t(favourite ? 'tile.star-off' : 'tile.star-on')}
        >
          <Star size={14} aria-hidden="true" />
        </span>
      )}
      {told && (
        <span className="mark-told" title={t('tile.told-title')}>
          <BellRing size={14} aria-hidden="true" />
        </span>
      )}
    </span>
  );
}

interface TimeProps {
  since: number | null;
  className?: string;
}

/** How long the telephone has been at it, in seconds. */
export function CallTime({ since, className }: TimeProps) {
  const text = useDuration(since, useFormats().callTime);
  return text === null ? null : <span className={className}>{text}</span>;
}

/** How long the presence, or without one the lamp, has been so. */
export function RoughTime({ since, className }: TimeProps) {
  const text = useDuration(since, useFormats().roughTime);
  return text === null ? null : <span className={className}>{text}</span>;
}
