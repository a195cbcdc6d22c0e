import type { ReactNode } from 'react';

/** An error message, announced by screen readers immediately. */
export function Alert({ children }: { children: ReactNode }) {
  return (
    <p className="alert" role="alert">
      {children}
    </p>
  );
}
