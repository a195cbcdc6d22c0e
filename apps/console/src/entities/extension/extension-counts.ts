import { isOnCall, isReachable, isRinging } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

export function countExtensions(extensions: readonly Extension[]) {
  const count = (predicate: (extension: Extension) => boolean) => extensions.filter(predicate).length;
  return {
    all: extensions.length,
    reachable: count(isReachable),
    onThePhone: count(isOnCall),
    ringing: count(isRinging),
  };
}

export function countsLabel(
  t: Translate,
  { reachable, onThePhone, ringing }: ReturnType<typeof countExtensions>,
): string {
  const labels = [t('board.reachable', { count: reachable }), t('board.on-the-phone', { count: onThePhone })];
  if (ringing > 0) labels.push(t('board.ringing', { count: ringing }));
  return labels.join(' · ');
}
