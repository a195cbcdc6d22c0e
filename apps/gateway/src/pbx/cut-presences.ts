import type { Presence } from '@lampboard/protocol';
import type { PresenceStore } from './presence-store.ts';

/** Reads in full what events have cut; of a provider only the last word counts. */
export interface CutPresences {
  /** An event told `cut` of it: read the rest. */
  read(provider: string, cut: Presence): void;
  /** Something newer was told in full: what is being read no longer counts. */
  supersede(provider: string): void;
  clear(): void;
}

export function createCutPresences({
  store,
  onRead,
  onFailure,
}: {
  store: Pick<PresenceStore, 'readOr'>;
  onRead: (provider: string, presence: Presence) => void;
  /** Asterisk did not answer: what it holds is not known. */
  onFailure: () => void;
}): CutPresences {
  const reading = new Map<string, symbol>();

  async function read(provider: string, cut: Presence): Promise<void> {
    const mine = Symbol(provider);
    reading.set(provider, mine);
    const full = await store.readOr(provider, cut);
    if (reading.get(provider) !== mine) return;
    reading.delete(provider);
    if (full.ok) onRead(provider, full.value);
    else onFailure();
  }

  return {
    read: (provider, cut) => void read(provider, cut),
    supersede: (provider) => reading.delete(provider),
    clear: () => reading.clear(),
  };
}
