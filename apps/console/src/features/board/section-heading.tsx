import { isReachable } from '@lampboard/model';
import { useCallback } from 'react';
import type { BoardSection } from '../../entities/extension/select/sections.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { countable } from '../../data/socket/connection-state.ts';
import { useOutages } from '../../data/socket/live-context.tsx';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';

/** With the gaps around it; in pixels at a zoom of 1. */
export const HEADING_HEIGHT = 24;

/** Name and counts of a section; those who stand among the favourites count too. */
export function SectionHeading({ section }: { section: BoardSection }) {
  const t = useT();
  const outages = useOutages();
  const { department, ids, above } = section;
  const count = useCallback(
    (extensions: Extensions) => {
      const members = [...ids, ...above].flatMap((id) => extensions.get(id) ?? []);
      const { counted, isLastKnown } = countable(outages, members);
      return isLastKnown ? 0 : counted.filter(isReachable).length;
    },
    [ids, above, outages],
  );
  const reachable = useBoardValue(count);
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table cells cannot be positioned
      role="gridcell"
      className="section-heading"
    >
      <h2 className="truncate" dir="auto">
        {department === null ? t('group.favourites') : department || t('group.no-department')}
      </h2>
      <span>{(ids.length + above.length).toLocaleString(t.locale)}</span>
      {reachable > 0 && (
        <span className="section-reachable">{t('board.reachable', { count: reachable })}</span>
      )}
      {above.length > 0 && <span>{t('section.above', { count: above.length })}</span>}
    </div>
  );
}
