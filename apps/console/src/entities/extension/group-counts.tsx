import { isOnCall, isReachable, isRinging, overdueBy } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import { Hourglass } from 'lucide-react';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { countable } from '../../data/socket/connection-state.ts';
import { useOutages } from '../../data/socket/live-context.tsx';
import { type Extensions, memoizeLast, useClockedBoardValue } from '../../data/socket/use-board-value.ts';
import type { Translate } from '../../i18n/translate.ts';
import { type GroupedKind, isActiveLamp } from '../kind/kinds.ts';
import { UncountedPbxs } from '../pbx/pbx-parts.tsx';
import { Lamp, ReachableLamp } from './lamp.tsx';
import './group-counts.css';

/** Counts of a group: people who are reachable, on a call, ringing, or late. */
interface Tally {
  readonly reachable: number;
  readonly onCall: number;
  readonly ringing: number;
  readonly late: number;
}

/** Returns the counts at a time, in milliseconds since 1970; null without members. Only the late ones are counted each time. */
export function tallyOf(extensions: readonly Extension[]): (now: number) => Tally | null {
  if (extensions.length === 0) return () => null;
  const tally = { reachable: 0, onCall: 0, ringing: 0 };
  for (const extension of extensions) {
    if (isReachable(extension)) tally.reachable += 1;
    if (isOnCall(extension)) tally.onCall += 1;
    if (isRinging(extension)) tally.ringing += 1;
  }
  const returning = extensions.filter(({ returnTime }) => returnTime !== null);
  const isLate = (now: number) => (extension: Extension) => overdueBy(extension, now) !== null;
  return (now) => ({ ...tally, late: returning.filter(isLate(now)).length });
}

/** Returns the counts of a group of functions, such as `2 of 4 taken`; empty without members. */
export function functionCounts(t: Translate, extensions: readonly Extension[], kind: GroupedKind): string {
  if (extensions.length === 0) return '';
  // A lot stands for slots that are counted themselves.
  const slots = extensions.filter(({ lot }) => lot !== true);
  const counted = slots.length > 0 ? slots : extensions;
  const active = counted.filter((extension) =>
    kind === 'room' ? isOnCall(extension) : isActiveLamp(extension.lamp),
  );
  return t(`kinds.${kind}.count`, { count: active.length, total: counted.length });
}

interface GroupCountsProps {
  membersOf: (extensions: Extensions) => readonly Extension[];
  /** Of the members; null for a group of people. */
  kind: GroupedKind | null;
  /** Shows nothing while they are last known. */
  onlyLive?: boolean;
}

/** The counts of a group; those of people, with their lamps, are the legend of the board. */
export function GroupCounts({ membersOf, kind, onlyLive = false }: GroupCountsProps) {
  const t = useT();
  const outages = useOutages();
  const countUntimed = useMemo(
    () =>
      memoizeLast((extensions: Extensions) => {
        const { counted, ...rest } = countable(outages, membersOf(extensions));
        const tallyAt = kind === null ? tallyOf(counted) : () => null;
        return { ...rest, tallyAt, text: kind === null ? '' : functionCounts(t, counted, kind) };
      }),
    [t, membersOf, kind, outages],
  );
  const count = useCallback(
    (extensions: Extensions, now: number) => {
      const { tallyAt, ...rest } = countUntimed(extensions);
      return { ...rest, tally: tallyAt(now) };
    },
    [countUntimed],
  );
  const { tally, text, uncounted, isLastKnown } = useClockedBoardValue(count, kind === null);
  const live = !isLastKnown;
  if (onlyLive && !live) return null;
  return (
    <div className="group-counts" data-last-known={isLastKnown || undefined}>
      {isLastKnown && <span className="group-counts-last-known">{t('board.last-known')} </span>}
      {tally === null ? (
        text
      ) : (
        <ul>
          <Count
            icon={<ReachableLamp live={live} />}
            text={t('board.reachable', { count: tally.reachable })}
          />
          <Count
            icon={<Lamp lamp="in-use" live={live} />}
            text={t('board.on-the-phone', { count: tally.onCall })}
          />
          <Count
            icon={<Lamp lamp="ringing" live={live} />}
            text={t('board.ringing', { count: tally.ringing })}
          />
          {tally.late > 0 && (
            <Count
              isLate
              icon={<Hourglass size={14} aria-hidden="true" />}
              text={t('board.late', { count: tally.late })}
            />
          )}
        </ul>
      )}
      <UncountedPbxs pbxIds={uncounted} />
    </div>
  );
}

/** `text` begins with the number. */
function Count({ icon, text, isLate = false }: { icon: ReactNode; text: string; isLate?: boolean }) {
  const [number = ''] = /^\P{L}*/u.exec(text) ?? [];
  return (
    <li className={isLate ? 'overdue' : undefined}>
      {icon}
      <span>
        <b>{number.trim()}</b> <span className="group-counts-word">{text.slice(number.length)}</span>
      </span>
    </li>
  );
}
