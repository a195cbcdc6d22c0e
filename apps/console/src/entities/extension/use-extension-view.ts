import { mismatchOf, isOnCall, isReachable, isRinging } from '@lampboard/model';
import type { Call, Extension } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import {
  useIsLive,
  useExtension,
  useDistinction,
  useClock,
  useClockValue,
} from '../../data/socket/live-context.tsx';
import { useIsFavourite, useIsWatched } from '../../data/preferences/settings-context.tsx';
import { accessibleName, collapseWhitespace, firstLine, phoneFeatures } from './accessible-name.ts';

export type ExtensionView = NonNullable<ReturnType<typeof useExtensionView>>;

interface ViewOptions {
  readonly unsaved: boolean;
  readonly stale: boolean;
  /** For a screen that strangers see, which need not know the numbers that calls are forwarded to. */
  readonly isPublic?: boolean;
  /** Its lines in words, the one in use first. */
  readonly calls?: readonly CallLabel[];
}

export interface CallLabel {
  readonly call: Pick<Call, 'state'>;
  readonly label: string;
}

const NO_CALLS: readonly CallLabel[] = [];

function withoutTarget(extension: Extension): Extension {
  if (extension.phone?.forwardedTo === undefined) return extension;
  const { forwardedTo: _, ...phone } = extension.phone;
  return { ...extension, phone };
}

const NO_TIMES = { returnTime: null, returnDay: null, overdue: null, overdueBy: null, due: null };

/** Returns the texts of a return time, all null without one. */
function useReturnTimes(id: string, returnAt: number | undefined) {
  const formats = useFormats();
  // One subscription for all of them.
  const texts = useClockValue(
    returnAt === undefined
      ? null
      : (now) => {
          const time = formats.returnTime(returnAt, now);
          return returnAt > now
            ? [time, formats.returnDay(returnAt, now)].join('\n')
            : ['', formats.overdue(now - returnAt), formats.approximateDuration(now - returnAt), time].join(
                '\n',
              );
        },
    id,
  );
  const [returnTime = null, ...others] = texts?.split('\n') ?? [];
  const [first = null, second = null, third = null] = others;
  return returnTime === ''
    ? { ...NO_TIMES, overdue: first, overdueBy: second, due: third }
    : { ...NO_TIMES, returnTime, returnDay: first };
}

/** Returns since when the extension is not live; null while it is. */
function useAsOf(id: string, live: boolean): string | null {
  const formats = useFormats();
  const clock = useClock();
  return useClockValue(live ? null : (since) => formats.dateTime(since, clock.now()), id);
}

/** Returns the view model of one extension, or null. Renders only when that extension, its times or a link change. */
export function useExtensionView(id: string, options: ViewOptions) {
  const { unsaved, stale, isPublic = false, calls = NO_CALLS } = options;
  const t = useT();
  const known = useExtension(id);
  const extension = isPublic && known !== undefined ? withoutTarget(known) : known;
  const live = useIsLive(id);
  const asOf = useAsOf(id, live);
  const distinction = useDistinction(id);
  const favourite = useIsFavourite(id);
  const isWatched = useIsWatched(id);
  const times = useReturnTimes(id, extension?.returnTime?.at);
  const returnTimeLabel = times.returnTime && t('return-time.back', { time: times.returnTime });
  if (extension === undefined) return null;
  const message = extension.presence?.message ?? '';
  const view = { live, distinction, mismatch: live ? mismatchOf(extension) : null, favourite, isWatched };
  const callStates = calls.map(({ call }) => call.state);
  const status = {
    ...view,
    calls: calls.map(({ label }) => label),
    returnTimeLabel: times.overdue ?? returnTimeLabel,
    stale,
    unsaved,
  };
  return {
    ...view,
    extension,
    features: phoneFeatures(t, extension),
    /** Of its lines, the one in use first. */
    callStates,
    /** In one line; on a public screen its first line only. */
    message: collapseWhitespace(isPublic ? firstLine(message) : message),
    /** The attributes of its element. */
    attributes: {
      'data-extension': id,
      'data-kind': extension.kind,
      'data-lamp': live ? extension.lamp : 'unknown',
      'data-last-known': live ? undefined : extension.lamp,
      'data-call': callStates[0],
      'data-presence': extension.presence?.state,
      'data-reachable': (live && isReachable(extension)) || undefined,
    },
    /** Its duration counts in seconds. */
    onCall: isOnCall(extension) || isRinging(extension),
    /** `as of 13:06`; null while live. */
    asOf: asOf && t('person.as-of', { time: asOf }),
    /** `back 14:00`; null without a return time, and once it is past. */
    returnTimeLabel,
    /** `14:00`; null as above. */
    returnTime: times.returnTime,
    /** `14:00`, or the day without its time; null as above. */
    returnDay: times.returnDay,
    /** `12 min late`; null before the return time. */
    overdue: times.overdue,
    /** `12 min`; null as above. */
    overdueBy: times.overdueBy,
    /** The return time, once it has passed. */
    due: times.due,
    ariaLabel: accessibleName(t, extension, status),
  };
}
