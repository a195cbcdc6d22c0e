import type { ReactNode } from 'react';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import './board-empty.css';

/** Asterisk is there, and has no hint to show. */
export function NoHints() {
  const t = useT();
  return (
    <div className="board-empty">
      <h2>{t('board.no-hints')}</h2>
      <p>
        <Trans messageKey="board.no-hints-how" values={{ file: <code>extensions.conf</code> }} />
      </p>
      <pre>
        <code>exten =&gt; 1101,hint,PJSIP/1101,CustomPresence:1101</code>
      </pre>
      <p>
        <Trans
          messageKey="board.no-hints-then"
          values={{
            reload: <code>dialplan reload</code>,
            list: <code>core show hints</code>,
            setting: <code>LAMPBOARD_CONTEXTS</code>,
          }}
        />
      </p>
    </div>
  );
}

interface NoResultsProps {
  query: string;
  /** What was found in the rest of the board. */
  otherResults: ReactNode;
  /** The part of the board that was searched; null where that was everyone. */
  group: string | null;
  onClear: () => void;
  onShowAll: () => void;
  /** Takes the filter away; null where there is none. */
  onClearFilter: (() => void) | null;
}

export function NoResults({ query, otherResults, group, onClear, onShowAll, onClearFilter }: NoResultsProps) {
  const t = useT();
  const searched = query !== '';
  const heading = () => {
    if (group === null) return searched ? t('board.nobody-found', { query }) : t('board.nobody');
    return searched ? t('board.nobody-found-in', { query, group }) : t('board.nobody-in', { group });
  };
  return (
    <div className="board-empty">
      <h2>{heading()}</h2>
      {otherResults}
      {searched && <p>{t('board.what-was-searched')}</p>}
      {onClearFilter !== null && <p>{t('board.filter-leaves-out')}</p>}
      <div className="board-empty-actions">
        {onClearFilter !== null && <Button onClick={onClearFilter}>{t('board.unfilter')}</Button>}
        {searched && <Button onClick={onClear}>{t('search.clear')}</Button>}
        {group !== null && (
          <Button onClick={onShowAll}>
            {searched ? t('board.search-everyone') : t('board.show-everyone')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Before the first snapshot: the board's shape, and nothing that could be taken for a lamp. */
export function BoardSkeleton() {
  const t = useT();
  return (
    <div className="board-skeleton" aria-busy="true">
      <span className="visually-hidden">{t('board.loading')}</span>
      {Array.from({ length: 12 }, (_, index) => (
        <span key={index} className="board-skeleton-tile" />
      ))}
    </div>
  );
}
