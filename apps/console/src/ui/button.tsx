import type { ButtonHTMLAttributes } from 'react';
import './button.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'strong' | 'plain' | 'quiet' | 'danger';
}

/** `type="button"` unless said otherwise. With `aria-disabled` it looks disabled, but can be reached and read. */
export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  // oxlint-disable-next-line react/button-has-type -- it has a default
  return <button type={type} className={`button button-${look} ${className}`} {...rest} />;
}
