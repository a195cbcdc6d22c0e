import type { LucideIcon } from 'lucide-react';
import { Link } from 'wouter';

interface MenuLinkProps {
  href: string;
  Icon: LucideIcon;
  words: string;
  onClick: () => void;
}

/** A page to go to, as an item of a menu. */
export function MenuLink({ href, Icon, words, onClick }: MenuLinkProps) {
  return (
    <Link href={href} role="menuitem" tabIndex={-1} onClick={onClick}>
      <Icon size={16} aria-hidden="true" />
      {words}
    </Link>
  );
}
