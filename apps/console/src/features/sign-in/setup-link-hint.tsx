import { Trans, useT } from '../../i18n/i18n-context.tsx';
import './setup-link-hint.css';

/** Shows the last link that a service's log has. */
const COMMAND = 'journalctl -u lampboard -g setup -n 1';

/** Where the link is that makes the first administrator. */
export function SetupLinkHint() {
  const t = useT();
  return (
    <div className="setup-link-hint">
      <p>
        <Trans messageKey="first-link.where" values={{ start: <code>npm start</code> }} />
      </p>
      <pre>
        <code>{COMMAND}</code>
      </pre>
      <p>{t('first-link.how-long')}</p>
    </div>
  );
}
