import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes } from 'react';
import './button.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
}

/** `type="button"` by default. Use `aria-disabled` to keep a disabled button focusable. */
export function Button({ variant = 'secondary', className = '', type = 'button', ...rest }: ButtonProps) {
  // oxlint-disable-next-line react/button-has-type -- it has a default
  return <button type={type} className={`button button-${variant} ${className}`} {...rest} />;
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  Icon: LucideIcon;
  /** In pixels. */
  size: number;
  label: string;
}

export function IconButton({ Icon, size, label, className = '', ...rest }: IconButtonProps) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} {...rest}>
      <Icon size={size} aria-hidden="true" />
    </button>
  );
}
