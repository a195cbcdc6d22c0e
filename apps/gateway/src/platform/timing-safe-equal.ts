import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two secrets are the same; it takes as long wherever they differ, and however long they are. */
export function secretsEqual(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
