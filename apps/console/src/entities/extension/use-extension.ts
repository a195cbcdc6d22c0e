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
  /** The context where another one has the same number, else null. */
  readonly context: string | null;
  /** The telephone is at it: how long that has been so counts in seconds. */
  readonly onCall: boolean;
  /** `back 14:00`; null where it is not known, and once it is past. */
  readonly returnTimeLabel: string | null;
  /** The same without the word: `14:00`. */
  readonly returnTime: string | null;
  /** `12 min late`. */
  readonly overdue: string | null;
  readonly mismatch: Mismatch | null;
  readonly favourite: boolean;
  readonly isWatched: boolean;
  /** Its accessible name. */
  readonly ariaLabel: string;
}

/**
 * What a tile or a row of the table shows of one extension; null where there is none. Who uses it renders anew when its
 * own row changes, or what the time makes of it, and with no other.
 */
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
  // One clock for both: each extension is the one or the other.
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
  const returnTimeLabel = returnTime && t('tile.back', { time: returnTime });
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
