import type { ButtonHTMLAttributes } from 'react';
import './button.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
}

/** `type="button"` unless said otherwise. With `aria-disabled` it looks disabled, but can be reached and read. */
export function Button({ variant = 'secondary', className = '', type = 'button', ...rest }: ButtonProps) {
  // oxlint-disable-next-line react/button-has-type -- it has a default
  return <button type={type} className={`button button-${variant} ${className}`} {...rest} />;
}
