import { isOnCall, isReachable, isRinging } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';
import { type GroupedKind, isActiveLamp } from '../kind/kinds.ts';

/** Returns the counts of a group, such as `22 reachable · 9 on a call`, or `2 of 4 taken`; empty without members. */
export function countsLabel(
  t: Translate,
  extensions: readonly Extension[],
  kind: GroupedKind | null,
): string {
  const count = (predicate: (extension: Extension) => boolean) => extensions.filter(predicate).length;
  if (extensions.length === 0) return '';
  if (kind !== null) {
    // A lot stands for slots that are counted themselves.
    const slots = extensions.filter(({ lot }) => lot !== true);
    const counted = slots.length > 0 ? slots : extensions;
    const active = counted.filter((extension) =>
      kind === 'room' ? isOnCall(extension) : isActiveLamp(extension.lamp),
    );
    return t(`kinds.${kind}.count`, { count: active.length, total: counted.length });
  }
  const ringing = count(isRinging);
  const labels = [
    t('board.reachable', { count: count(isReachable) }),
    t('board.on-the-phone', { count: count(isOnCall) }),
  ];
  if (ringing > 0) labels.push(t('board.ringing', { count: ringing }));
  return labels.join(' · ');
}
