import { UserRound } from 'lucide-react';
import './avatar.css';

/** Initials of the first and the last word of a name that begin with a letter or digit. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = words.at(0);
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last].map((word) => word?.match(/^./u)?.[0].toUpperCase() ?? '').join('');
}

/** The initials of a name, or a figure where it has none. */
export function Avatar({ name }: { name: string }) {
  return (
    <span className="avatar" aria-hidden="true">
      {initialsOf(name) || <UserRound size={20} />}
    </span>
  );
}
