import type { Mismatch } from '@lampboard/model';
import {
  BellOff,
  BellRing,
  Hourglass,
  type LucideIcon,
  PencilLine,
  PhoneForwarded,
  Split,
  Star,
  TriangleAlert,
} from 'lucide-react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration } from '../../data/socket/live-context.tsx';
import type { Distinction } from '../../data/socket/distinctions.ts';
import {
  type LabelledFeature,
  type PhoneFeature,
  distinctionLabel,
  distinctionText,
  featuresText,
} from './accessible-name.ts';
import './extension.css';

// Badges are visual only: the extension's accessible name has all of them.

export function DistinctionBadge({ distinction }: { distinction: Distinction | null }) {
  const t = useT();
  return (
    distinction !== null && (
      <span className="badge-distinction truncate" dir="auto" title={distinctionText(t, distinction)}>
        {distinctionLabel(distinction)}
      </span>
    )
  );
}

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
    <span className="badge-mismatch" title={t(`mismatch.${mismatch}`)}>
      <TriangleAlert size={14} aria-hidden="true" />
    </span>
  );
}

export const FEATURE_ICONS: Readonly<Record<PhoneFeature, LucideIcon>> = {
  dnd: BellOff,
  forwarded: PhoneForwarded,
  'follow-me': Split,
};

interface PhoneBadgesProps {
  features: readonly LabelledFeature[];
  withText?: boolean;
}

/** A sign for each feature that is on at the phone. */
export function PhoneBadges({ features, withText = false }: PhoneBadgesProps) {
  if (features.length === 0) return null;
  const text = featuresText(features);
  return (
    <bdi className="phone-badges" title={text}>
      {features.map(({ feature }) => {
        const Icon = FEATURE_ICONS[feature];
        return <Icon key={feature} size={13} aria-hidden="true" />;
      })}
      {withText && ` ${text}`}
    </bdi>
  );
}

export function UnsavedBadge() {
  const t = useT();
  return (
    <span className="badge-unsaved" title={t('tile.unsaved-title')}>
      <PencilLine size={14} aria-hidden="true" />
    </span>
  );
}

/** `hovered`: shows the star although it is not a favourite. */
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
          title={t(favourite ? 'tile.remove-favourite' : 'tile.add-favourite')}
        >
          <Star size={14} aria-hidden="true" />
        </span>
      )}
      {isWatched && (
        <span className="badge-watched" title={t('tile.watched-title')}>
          <BellRing size={14} aria-hidden="true" />
        </span>
      )}
    </span>
  );
}

interface TimeProps {
  id: string;
  since: number | null;
  className?: string;
}

/** The duration of a call, in seconds. */
export function CallDuration({ id, since, className }: TimeProps) {
  const text = useDuration(since, useFormats().callDuration, id);
  return text === null ? null : <span className={className}>{text}</span>;
}

export function ApproximateDuration({ id, since, className }: TimeProps) {
  const text = useDuration(since, useFormats().approximateDuration, id);
  return text === null ? null : <span className={className}>{text}</span>;
}
