import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { LinkPill } from '../features/link/link-pill.tsx';
import { usePageMarks } from '../features/link/use-page-marks.ts';
import { ThemeButton } from '../features/theme/theme-button.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { Brand } from './brand.tsx';
import { TopMenu } from './top-menu.tsx';
import './plain-page.css';

/** A page beside the board: the same bar above, the way back, and what it is about below. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  const t = useT();
  usePageMarks(title);
  return (
    <div className="plain-page">
      <header className="top-bar">
        <Brand />
        <Link href="/" className="to-board">
          <ArrowLeft size={16} aria-hidden="true" />
          {t('page.board')}
        </Link>
        <div className="top-bar-end">
          <LinkPill />
          <ThemeButton />
          <TopMenu />
        </div>
      </header>
      <div className="plain-column">{children}</div>
    </div>
  );
}
