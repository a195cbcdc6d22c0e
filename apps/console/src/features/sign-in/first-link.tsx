import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import './first-link.css';

/** Shows the last link that a service's log has. */
const COMMAND = 'journalctl -u lampboard -g welcome -n 1';

/** Where the link is that makes the first administrator. */
export function WhereFirstLink() {
  const t = useT();
  return (
    <div className="first-link">
      <p>
        <Phrase k="first-link.where" values={{ start: <code>npm start</code> }} />
      </p>
      <pre>
        <code>{COMMAND}</code>
      </pre>
      <p>{t('first-link.how-long')}</p>
    </div>
  );
}
