import type { Mismatch } from '@lampboard/model';
import { BellRing, Hourglass, PencilLine, Star, TriangleAlert } from 'lucide-react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration } from '../../data/socket/live-context.tsx';
import './badges.css';

// Marks are for the eye: the extension's accessible name says all of them in words.

/** The context of a number that another one has as well; nothing where there is none to be told. */
export function ContextBadge({ context }: { context: string | null }) {
  const t = useT();
  return (
    context !== null && (
      <span className="badge-context" dir="auto" title={t('person.context', { context })}>
        {context}
      </span>
    )
  );
}

/** `12 min late`: the only red that is no lamp. */
export function OverdueBadge({ overdue }: { overdue: string }) {
  return (
    <span className="badge-overdue">
      <Hourglass size={12} aria-hidden="true" />
      {overdue}
    </span>
  );
}

export function MismatchBadge({ mismatch }: { mismatch: Mismatch }) {
  const t = useT();
  return (
    <span className="badge-mismatch" title={t(`sense.${mismatch}`)}>
      <TriangleAlert size={14} aria-hidden="true" />
    </span>
  );
}

export function UnsavedBadge() {
  const t = useT();
  return (
    <span className="badge-unsaved" title={t('tile.not-saved-title')}>
      <PencilLine size={14} aria-hidden="true" />
    </span>
  );
}

/** `near`: the star can be met by the pointer, favourite or not; keys have a key of their own. */
export function UserBadges({
  favourite,
  isWatched,
  hovered,
}: {
  favourite: boolean;
  isWatched: boolean;
  hovered: boolean;
}) {
  const t = useT();
  if (!favourite && !isWatched && !hovered) return null;
  return (
    <span className="user-badges">
      {(favourite || hovered) && (
        <span
          className="badge-favourite"
          data-on={favourite || undefined}
          title={t(favourite ? 'tile.star-off' : 'tile.star-on')}
        >
          <Star size={14} aria-hidden="true" />
        </span>
      )}
      {isWatched && (
        <span className="badge-watched" title={t('tile.told-title')}>
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
export function CallDuration({ since, className }: TimeProps) {
  const text = useDuration(since, useFormats().callDuration);
  return text === null ? null : <span className={className}>{text}</span>;
}

/** How long the presence, or without one the lamp, has been so. */
export function ApproximateDuration({ since, className }: TimeProps) {
  const text = useDuration(since, useFormats().approximateDuration);
  return text === null ? null : <span className={className}>{text}</span>;
}
