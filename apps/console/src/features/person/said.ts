import type { Said } from '@lampboard/board';
import { type ExtensionRow, type Presence, sameBack, samePresence } from '@lampboard/protocol';

export type { Said };

/** What the board holds of it; null where the extension has no presence. */
export function saidOf({ presence, back }: Pick<ExtensionRow, 'presence' | 'back'>): Said | null {
  return presence === null ? null : { ...presence, back };
}

export function presenceOf({ state, subtype, message }: Presence): Presence {
  return { state, subtype, message };
}

export function sameSaid(a: Said | null, b: Said | null): boolean {
  return samePresence(a, b) && sameBack(a?.back ?? null, b?.back ?? null);
}
