import { Button } from '../../ui/button.tsx';
import './board-empty.css';

/** Asterisk is there, and has no hint to show. */
export function NoHints() {
  return (
    <div className="board-empty">
      <h2>Asterisk has no hints yet</h2>
      <p>Lampboard shows every extension that has a hint in the dialplan. In extensions.conf:</p>
      <pre>
        <code>exten =&gt; 1101,hint,PJSIP/1101,CustomPresence:1101</code>
      </pre>
      <p>
        After <code>dialplan reload</code> it appears here by itself. If <code>core show hints</code> lists
        some, <code>LAMPBOARD_CONTEXTS</code> leaves their contexts out: name those there too, or leave it
        empty to see all.
      </p>
    </div>
  );
}

interface NothingFoundProps {
  query: string;
  /** The part of the board that was searched; null where that was everyone. */
  group: string | null;
  onClear: () => void;
  onEveryone: () => void;
}

export function NothingFound({ query, group, onClear, onEveryone }: NothingFoundProps) {
  return (
    <div className="board-empty">
      <h2>
        {query === '' ? 'Nobody' : <>Nobody found for “{query}”</>}
        {group !== null && <> in {group}</>}
      </h2>
      {query !== '' && <p>Names, numbers, departments, subtypes and messages were searched.</p>}
      <div className="board-empty-ways">
        {query !== '' && <Button onClick={onClear}>Clear the search</Button>}
        {group !== null && (
          <Button onClick={onEveryone}>{query === '' ? 'Show everyone' : 'Search everyone'}</Button>
        )}
      </div>
    </div>
  );
}

/** Before the first snapshot: the board's shape, and nothing that could be taken for a lamp. */
export function BoardSkeleton() {
  return (
    <div className="board-skeleton" aria-busy="true">
      <span className="unseen">The board is loading</span>
      {Array.from({ length: 12 }, (_, place) => (
        <span key={place} className="board-skeleton-tile" />
      ))}
    </div>
  );
}
