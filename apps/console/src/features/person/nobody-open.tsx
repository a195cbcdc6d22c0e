import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { useLiveState } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import { KEYS, capsOf } from '../../ui/keys.ts';
import './person-panel.css';
import './nobody-open.css';

const Key = ({ of: key }: { of: string }) => <kbd>{capsOf(key, useT())}</kbd>;

/** Keeps the panel's place while nobody is open, so that no tile moves when somebody is. */
export function NobodyOpen() {
  const t = useT();
  const anybody = useLiveState((state) => rowsOf(state).size > 0);
  if (!anybody) return <div className="person-panel" />;
  const { person, board, everywhere } = KEYS;
  return (
    <aside className="person-panel nobody-open" aria-label={t('person.person')}>
      <p>{t('person.choose')}</p>
      <ul>
        <li>
          <Phrase k="person.key-find" values={{ key: <Key of={everywhere.find[0]} /> }} />
        </li>
        <li>
          <Phrase k="person.key-open" values={{ key: <Key of={board.open[0]} /> }} />
        </li>
        <li>
          <Phrase
            k="person.key-presence"
            values={{ first: <Key of={person.available[0]} />, last: <Key of={person.unavailable[0]} /> }}
          />
        </li>
      </ul>
    </aside>
  );
}
