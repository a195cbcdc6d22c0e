import { PAGE_PATHS } from '@lampboard/protocol';
import { Link, useLocation } from 'wouter';
import { useT } from '../i18n/i18n-context.tsx';
import './page-layout.css';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { ConnectionBadge } from '../features/connection/connection-badge.tsx';
import { useTabStatus } from '../features/connection/use-tab-status.ts';
import { ThemeButton } from '../features/theme/theme-button.tsx';
import { Logo } from './logo.tsx';
import { HeaderActions } from './header-actions.tsx';

interface PageLayoutProps {
  title: string;
  /** At the bottom, such as tabs. */
  footer?: ReactNode;
  children: ReactNode;
}

export function PageLayout({ title, footer, children }: PageLayoutProps) {
  const t = useT();
  useTabStatus(title);
  return (
    <div className="page-layout">
      <header className="top-bar">
        <Logo />
        <Link href="/" className="back-to-board">
          <ArrowLeft size={16} aria-hidden="true" />
          {t('page.board')}
        </Link>
        <div className="top-bar-end">
          <ConnectionBadge />
          <ThemeButton />
          <HeaderActions />
        </div>
      </header>
      <div className="page-layout-content">{children}</div>
      {footer}
    </div>
  );
}

export function AdminNav() {
  const t = useT();
  const [path] = useLocation();
  const page = (href: string, label: string, subpage?: string) => (
    <Link href={href} aria-current={path === href ? 'page' : path === subpage || undefined}>
      {label}
    </Link>
  );
  return (
    <nav className="admin-nav" aria-label={t('role.admin')}>
      {page(PAGE_PATHS.accounts, t('accounts.heading'), PAGE_PATHS.addAccounts)}
      {page(PAGE_PATHS.directory, t('directory.heading'), PAGE_PATHS.importDirectory)}
      {page(PAGE_PATHS.audit, t('audit.heading'))}
      {page(PAGE_PATHS.health, t('health.heading'))}
    </nav>
  );
}
