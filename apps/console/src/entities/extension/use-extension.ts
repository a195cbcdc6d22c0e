import { type Mismatch, mismatchOf, isOnCall, isRinging } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import {
  useIsLive,
  useExtension,
  useDisambiguatingContext,
  useClockValue,
} from '../../data/socket/live-context.tsx';
import { useIsFavourite, useIsWatched } from '../../data/settings/settings-context.tsx';
import { accessibleName } from './accessible-name.ts';

const OVERDUE_PREFIX = '!';

export interface ExtensionView {
  readonly extension: Extension;
  readonly live: boolean;
  /** The context where another extension has the same number, else null. */
  readonly context: string | null;
  /** On a call: its duration counts in seconds. */
  readonly onCall: boolean;
  /** `back 14:00`; null without a return time, and once it is past. */
  readonly returnTimeLabel: string | null;
  /** `14:00`; null as above. */
  readonly returnTime: string | null;
  /** `12 min late`. */
  readonly overdue: string | null;
  readonly mismatch: Mismatch | null;
  readonly favourite: boolean;
  readonly isWatched: boolean;
  readonly ariaLabel: string;
}

/** Returns the view model of one extension, or null. Renders only when that extension or its times change. */
export function useExtensionView(
  id: string,
  { unsaved, stale }: { unsaved: boolean; stale: boolean },
): ExtensionView | null {
  const t = useT();
  const formats = useFormats();
  const extension = useExtension(id);
  const live = useIsLive();
  const context = useDisambiguatingContext(extension);
  const favourite = useIsFavourite(id);
  const isWatched = useIsWatched(id);
  const returnAt = extension?.returnTime?.at;
  // One subscription for both: only one applies.
  const time = useClockValue(
    returnAt === undefined
      ? null
      : (now) =>
          returnAt > now
            ? formats.returnTime(returnAt, now)
            : OVERDUE_PREFIX + formats.overdue(now - returnAt),
  );
  const overdue = time?.startsWith(OVERDUE_PREFIX) ? time.slice(OVERDUE_PREFIX.length) : null;
  const returnTime = overdue === null ? time : null;
  const returnTimeLabel = returnTime && t('return-time.back', { time: returnTime });
  if (extension === undefined) return null;
  const mismatch = live ? mismatchOf(extension) : null;
  const status = {
    live,
    context,
    returnTimeLabel: overdue ?? returnTimeLabel,
    mismatch,
    favourite,
    isWatched,
    stale,
    unsaved,
  };
  return {
    extension,
    live,
    context,
    onCall: isOnCall(extension) || isRinging(extension),
    returnTimeLabel,
    returnTime,
    overdue,
    mismatch,
    favourite,
    isWatched,
    ariaLabel: accessibleName(t, extension, status),
  };
}
