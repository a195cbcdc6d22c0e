import { type Contradiction, contradictionOf, isOnThePhone, isRinging } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import { useFormats } from '../i18n/formats.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { useIsLive, useRow, useTellingContext, useTimed } from '../live/live-context.tsx';
import { useIsFavourite, useIsTold } from '../own/own-context.tsx';
import { extensionWords } from './extension-words.ts';

const LATE = '!';

export interface ShownExtension {
  readonly row: ExtensionRow;
  readonly live: boolean;
  /** The context where another one has the same number, else null. */
  readonly context: string | null;
  /** The telephone is at it: how long that has been so counts in seconds. */
  readonly calling: boolean;
  /** `back 14:00`; null where it is not known, and once it is past. */
  readonly back: string | null;
  /** The same without the word: `14:00`. */
  readonly backAt: string | null;
  /** `12 min late`. */
  readonly late: string | null;
  readonly contradiction: Contradiction | null;
  readonly favourite: boolean;
  readonly told: boolean;
  /** Its accessible name. */
  readonly words: string;
}

/**
 * What a tile or a row of the table shows of one extension; null where there is none. Who uses it renders anew when its
 * own row changes, or what the time makes of it, and with no other.
 */
export function useExtension(
  id: string,
  { unsaved, unfit }: { unsaved: boolean; unfit: boolean },
): ShownExtension | null {
  const t = useT();
  const formats = useFormats();
  const row = useRow(id);
  const live = useIsLive();
  const context = useTellingContext(row);
  const favourite = useIsFavourite(id);
  const told = useIsTold(id);
  const at = row?.back?.at;
  // One clock for both: each extension is the one or the other.
  const time = useTimed(
    at === undefined
      ? null
      : (now) => (at > now ? formats.backTime(at, now) : LATE + formats.lateTime(now - at)),
  );
  const late = time?.startsWith(LATE) ? time.slice(LATE.length) : null;
  const backAt = late === null ? time : null;
  const back = backAt && t('tile.back', { time: backAt });
  if (row === undefined) return null;
  const contradiction = live ? contradictionOf(row) : null;
  const marks = { live, context, back: late ?? back, contradiction, favourite, told, unfit, unsaved };
  return {
    row,
    live,
    context,
    calling: isOnThePhone(row) || isRinging(row),
    back,
    backAt,
    late,
    contradiction,
    favourite,
    told,
    words: extensionWords(t, row, marks),
  };
}
