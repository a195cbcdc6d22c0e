import { mismatchOf, isOnCall, isReachable, isRinging } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useExtension, useDistinction, useClockValue } from '../../data/socket/live-context.tsx';
import { useIsFavourite, useIsWatched } from '../../data/preferences/settings-context.tsx';
import { accessibleName, phoneFeatures } from './accessible-name.ts';

const OVERDUE_PREFIX = '!';

export type ExtensionView = NonNullable<ReturnType<typeof useExtensionView>>;

interface ViewOptions {
  readonly unsaved: boolean;
  readonly stale: boolean;
  /** For a screen that strangers see, which need not know the numbers that calls are forwarded to. */
  readonly isPublic?: boolean;
}

function withoutTarget(extension: Extension): Extension {
  if (extension.phone?.forwardedTo === undefined) return extension;
  const { forwardedTo: _, ...phone } = extension.phone;
  return { ...extension, phone };
}

/** Returns the view model of one extension, or null. Renders only when that extension, its times or a link change. */
export function useExtensionView(id: string, { unsaved, stale, isPublic = false }: ViewOptions) {
  const t = useT();
  const formats = useFormats();
  const known = useExtension(id);
  const extension = isPublic && known !== undefined ? withoutTarget(known) : known;
  const live = useIsLive(id);
  const distinction = useDistinction(id);
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
    id,
  );
  const overdue = time?.startsWith(OVERDUE_PREFIX) ? time.slice(OVERDUE_PREFIX.length) : null;
  const returnTime = overdue === null ? time : null;
  const returnTimeLabel = returnTime && t('return-time.back', { time: returnTime });
  if (extension === undefined) return null;
  const view = { live, distinction, mismatch: live ? mismatchOf(extension) : null, favourite, isWatched };
  const status = { ...view, returnTimeLabel: overdue ?? returnTimeLabel, stale, unsaved };
  return {
    ...view,
    extension,
    features: phoneFeatures(t, extension),
    /** The attributes of its element. */
    attributes: {
      'data-extension': id,
      'data-kind': extension.kind,
      'data-lamp': live ? extension.lamp : 'unknown',
      'data-last-known': live ? undefined : extension.lamp,
      'data-presence': extension.presence?.state,
      'data-reachable': (live && isReachable(extension)) || undefined,
    },
    /** Its duration counts in seconds. */
    onCall: isOnCall(extension) || isRinging(extension),
    /** `back 14:00`; null without a return time, and once it is past. */
    returnTimeLabel,
    /** `14:00`; null as above. */
    returnTime,
    /** `12 min late`. */
    overdue,
    ariaLabel: accessibleName(t, extension, status),
  };
}
