import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { LinkPill } from '../features/link/link-pill.tsx';
import { usePageMarks } from '../features/link/use-page-marks.ts';
import { ThemeButton } from '../features/theme/theme-button.tsx';
import { Brand } from './brand.tsx';
import { TopMenu } from './top-menu.tsx';
import './plain-page.css';

interface PlainPageProps {
  heading: string;
  /** As wide as a form, or as a table. */
  look: 'form' | 'table';
  children: ReactNode;
}

/** A page beside the board: the same bar above, one column below, and the way back. */
export function PlainPage({ heading, look, children }: PlainPageProps) {
  usePageMarks(heading);
  return (
    <div className="plain-page">
      <header className="top-bar">
        <Brand />
        <Link href="/" className="to-board">
          <ArrowLeft size={16} aria-hidden="true" />
          Board
        </Link>
        <div className="top-bar-end">
          <LinkPill />
          <ThemeButton />
          <TopMenu />
        </div>
      </header>
      <main className={`plain-main plain-${look}`}>
        <h1>{heading}</h1>
        {children}
      </main>
    </div>
  );
}
