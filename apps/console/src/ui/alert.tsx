import type { ReactNode } from 'react';
import './alert.css';

/** What was refused, and why: read out at once. */
export function Alert({ children }: { children: ReactNode }) {
  return (
    <p className="alert" role="alert">
      {children}
    </p>
  );
}
