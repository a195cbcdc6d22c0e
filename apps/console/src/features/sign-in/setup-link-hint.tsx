import { Trans, useT } from '../../i18n/i18n-context.tsx';
import './sign-in.css';

/** Prints the latest setup link of the service's log. */
const COMMAND = 'journalctl -u lampboard -g setup -n 1';

export function SetupLinkHint() {
  const t = useT();
  return (
    <div className="setup-link-hint">
      <p>
        <Trans messageKey="setup-link.where" values={{ start: <code>npm start</code> }} />
      </p>
      <pre>
        <code>{COMMAND}</code>
      </pre>
      <p>{t('setup-link.expiry')}</p>
    </div>
  );
}
