import { useLiveState } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import './nobody-open.css';

/** Keeps the panel's place while nobody is open, so that no tile moves when somebody is. */
export function NobodyOpen() {
  const anybody = useLiveState((state) => rowsOf(state).size > 0);
  if (!anybody) return <div className="person-panel" />;
  return (
    <aside className="person-panel nobody-open" aria-label="Person">
      <p>Choose somebody to see the message and set the presence.</p>
      <ul>
        <li>
          <kbd>/</kbd> find
        </li>
        <li>
          <kbd>↵</kbd> open
        </li>
        <li>
          <kbd>1</kbd>–<kbd>6</kbd> presence
        </li>
      </ul>
    </aside>
  );
}
