import { UserRound } from 'lucide-react';
import { useState } from 'react';

/** Returns the initials of the first and last word that begin with a letter or digit. */
export function initialsOf(name: string): string {
  const nameParts = name.split(/\s+/u).filter((part) => /^[\p{L}\p{N}]/u.test(part));
  const first = nameParts.at(0);
  const last = nameParts.length > 1 ? nameParts.at(-1) : undefined;
  return [first, last].map((part) => part?.match(/^./u)?.[0].toUpperCase() ?? '').join('');
}

interface AvatarProps {
  name: string;
  /** The address of a photo, or null. */
  photo?: string | null;
}

/** A photo, or the initials where there is none or it can't be loaded. */
export function Avatar({ name, photo = null }: AvatarProps) {
  const [failed, setFailed] = useState<string | null>(null);
  if (photo !== null && photo !== failed)
    return <img className="avatar" src={photo} alt="" onError={() => setFailed(photo)} />;
  return (
    <span className="avatar" aria-hidden="true">
      {initialsOf(name) || <UserRound size={20} />}
    </span>
  );
}
