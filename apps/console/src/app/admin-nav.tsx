import { PAGES } from '@lampboard/protocol';
import { Link, useLocation } from 'wouter';
import { useT } from '../i18n/i18n-context.tsx';
import './admin-nav.css';

/** The pages that are for administrators. */
export function AdminNav() {
  const t = useT();
  const [here] = useLocation();
  const page = (href: string, words: string) => (
    <Link href={href} aria-current={here === href ? 'page' : undefined}>
      {words}
    </Link>
  );
  return (
    <nav className="admin-nav" aria-label={t('role.admin')}>
      {page(PAGES.accounts, t('accounts.heading'))}
      {page(PAGES.audit, t('audit.heading'))}
      {page(PAGES.health, t('health.heading'))}
    </nav>
  );
}
