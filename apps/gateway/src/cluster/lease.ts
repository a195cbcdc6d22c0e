/** So long a lease counts that is not renewed, in milliseconds. */
export const LEASE_MS = 1500;
/** It is renewed, or claimed, so often; milliseconds. */
const TURN_MS = 250;

/** The place where the lease is kept, and where it ends by itself; rejects where it can't be asked. */
export interface LeaseStore {
  /** Takes or renews the lease for so many milliseconds where nobody else holds it; answers who holds it. */
  claim(id: string, ms: number): Promise<string>;
  holder(): Promise<string | null>;
  giveUp(id: string): Promise<unknown>;
  /** How long it has been there without a break, in milliseconds. */
  upMs(): number;
}

/** Elects one of all gateways: of two that ask at the same moment, never both hold it. */
export interface Lease {
  /** By the clock, at this very moment: a process that was stopped meanwhile holds it no more. */
  isHeld(): boolean;
  /** Whoever holds it, as was told last; null where that is too long ago, or nobody does. */
  holder(): string | null;
  /** Whether the store answers. */
  isAnswered(): boolean;
  close(): Promise<void>;
}

/** `onAnswer` is called whenever the store has answered. */
export function startLease({
  id,
  store,
  elapsed,
  onAnswer,
}: {
  id: string;
  store: LeaseStore;
  elapsed: () => number;
  onAnswer: () => void;
}): Lease {
  let heldUntil = Number.NEGATIVE_INFINITY;
  let heard: { readonly holder: string | null; readonly at: number } | null = null;
  let isAsking = false;
  let isClosed = false;

  const isHeld = () => elapsed() < heldUntil;
  const isAnswered = () => heard !== null && elapsed() < heard.at + LEASE_MS;

  async function turn(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    // It counts from before it was asked for, so that it ends here first.
    const at = elapsed();
    // A store that has lost everything has lost a lease that may still be held.
    const mayClaim = isHeld() || store.upMs() >= LEASE_MS;
    try {
      const holder = await (mayClaim ? store.claim(id, LEASE_MS) : store.holder());
      heard = { holder, at };
      if (!isClosed && mayClaim && holder === id) heldUntil = at + LEASE_MS;
      onAnswer();
    } catch {
      // Asked again at the next turn.
    }
    isAsking = false;
  }
  const timer = setInterval(() => void turn(), TURN_MS);
  void turn();

  return {
    isHeld,
    holder: () => (isAnswered() ? (heard?.holder ?? null) : null),
    isAnswered,
    async close() {
      isClosed = true;
      clearInterval(timer);
      heldUntil = Number.NEGATIVE_INFINITY;
      await store.giveUp(id).catch(() => {});
    },
  };
}
