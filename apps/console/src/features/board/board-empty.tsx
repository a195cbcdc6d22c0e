import type { Me } from '@lampboard/protocol';
import type { ReactNode } from 'react';
import { useLimitsText } from '../../entities/account/limits-text.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import './board-grid.css';

export function NoHints() {
  const t = useT();
  return (
    <div className="empty-state">
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

/** The board of an account with limits, within which there is nobody. */
export function NothingVisible({ me }: { me: Me }) {
  const t = useT();
  const limits = useLimitsText(me) ?? '';
  return (
    <div className="empty-state">
      <h2>{t('board.nothing-visible')}</h2>
      <p>{t('board.nothing-visible-why', { limits })}</p>
    </div>
  );
}

interface NoResultsProps {
  query: string;
  otherResults: ReactNode;
  /** Null for everyone. */
  group: string | null;
  onClear: () => void;
  onShowAll: () => void;
  /** Null without an active filter. */
  onClearFilter: (() => void) | null;
}

export function NoResults({ query, otherResults, group, onClear, onShowAll, onClearFilter }: NoResultsProps) {
  const t = useT();
  const searched = query !== '';
  const heading = () => {
    if (group === null) return searched ? t('board.no-results', { query }) : t('board.empty');
    return searched ? t('board.no-results-in', { query, group }) : t('board.empty-in', { group });
  };
  return (
    <div className="empty-state">
      <h2>{heading()}</h2>
      {otherResults}
      {searched && <p>{t('board.searched-fields')}</p>}
      {onClearFilter !== null && <p>{t('board.filter-hides')}</p>}
      <div className="button-row">
        {onClearFilter !== null && <Button onClick={onClearFilter}>{t('filter.clear')}</Button>}
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

/** Placeholder before the first snapshot; shows nothing that looks like a lamp. */
export function BoardSkeleton() {
  const t = useT();
  return (
    <div className="board-skeleton" aria-busy="true">
      <span className="visually-hidden">{t('board.loading')}</span>
      {Array.from({ length: 12 }, (_, index) => (
        <span key={index} className="card board-skeleton-tile" />
      ))}
    </div>
  );
}
