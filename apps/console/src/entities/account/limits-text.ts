import { limitsOf } from '@lampboard/model';
import type { Me } from '@lampboard/protocol';
import { useLiveState } from '../../data/socket/live-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';

/**
 * Returns what an account is limited to, such as “Sales, Support · context internal”; null where it sees everyone. Departments
 * and PBXs are known by their names; a context is called one.
 */
export function useLimitsText(me: Pick<Me, 'role' | 'limits'>): string | null {
  const t = useT();
  const pbxs = useLiveState(({ board }) => board?.pbxs);
  const limits = limitsOf(me);
  if (limits === null) return null;
  const { departments, contexts, pbxs: pbxIds } = limits;
  const list = new Intl.ListFormat(t.locale, { type: 'unit' });
  const contextNames = list.format(contexts);
  return [
    list.format(departments),
    contexts.length === 0 ? '' : t('limits.in-contexts', { count: contexts.length, names: contextNames }),
    list.format(pbxIds.map((id) => pbxs?.get(id)?.name || id)),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
