import type { ReactNode } from 'react';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import './board-empty.css';

/** Asterisk is there, and has no hint to show. */
export function NoHints() {
  const t = useT();
  return (
    <div className="board-empty">
      <h2>{t('board.no-hints')}</h2>
      <p>
        <Phrase k="board.no-hints-how" values={{ file: <code>extensions.conf</code> }} />
      </p>
      <pre>
        <code>exten =&gt; 1101,hint,PJSIP/1101,CustomPresence:1101</code>
      </pre>
      <p>
        <Phrase
          k="board.no-hints-then"
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

interface NothingFoundProps {
  query: string;
  /** What was found in the rest of the board. */
  elsewhere: ReactNode;
  /** The part of the board that was searched; null where that was everyone. */
  group: string | null;
  onClear: () => void;
  onEveryone: () => void;
  /** Takes the filter away; null where there is none. */
  onUnfilter: (() => void) | null;
}

export function NothingFound({
  query,
  elsewhere,
  group,
  onClear,
  onEveryone,
  onUnfilter,
}: NothingFoundProps) {
  const t = useT();
  const searched = query !== '';
  const heading = () => {
    if (group === null) return searched ? t('board.nobody-found', { query }) : t('board.nobody');
    return searched ? t('board.nobody-found-in', { query, group }) : t('board.nobody-in', { group });
  };
  return (
    <div className="board-empty">
      <h2>{heading()}</h2>
      {elsewhere}
      {searched && <p>{t('board.what-was-searched')}</p>}
      {onUnfilter !== null && <p>{t('board.filter-leaves-out')}</p>}
      <div className="board-empty-ways">
        {onUnfilter !== null && <Button onClick={onUnfilter}>{t('board.unfilter')}</Button>}
        {searched && <Button onClick={onClear}>{t('search.clear')}</Button>}
        {group !== null && (
          <Button onClick={onEveryone}>
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
      <span className="unseen">{t('board.loading')}</span>
      {Array.from({ length: 12 }, (_, place) => (
        <span key={place} className="board-skeleton-tile" />
      ))}
    </div>
  );
}
