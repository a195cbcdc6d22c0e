import type { ReactNode } from 'react';
import { LanguageRow } from './language-row.tsx';
import './sign-in-card.css';

interface SignInCardProps {
  /** Whose page this is: the product's name and mark. */
  brand: ReactNode;
  heading: string;
  intro: ReactNode;
  children: ReactNode;
}

/** The one thing on a page before the board: who one is. */
export function SignInCard({ brand, heading, intro, children }: SignInCardProps) {
  return (
    <main className="sign-in-page">
      {brand}
      <div className="sign-in-card">
        <h1>{heading}</h1>
        {intro}
        {children}
      </div>
      <LanguageRow />
    </main>
  );
}
