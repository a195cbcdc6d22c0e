import { UserRound } from 'lucide-react';

/** Returns the initials of the first and last word that begin with a letter or digit. */
export function initialsOf(name: string): string {
  const nameParts = name.split(/\s+/u).filter((part) => /^[\p{L}\p{N}]/u.test(part));
  const first = nameParts.at(0);
  const last = nameParts.length > 1 ? nameParts.at(-1) : undefined;
  return [first, last].map((part) => part?.match(/^./u)?.[0].toUpperCase() ?? '').join('');
}

export function Avatar({ name }: { name: string }) {
  return (
    <span className="avatar" aria-hidden="true">
      {initialsOf(name) || <UserRound size={20} />}
    </span>
  );
}
