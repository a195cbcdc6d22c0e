/** So long a lease counts that is not renewed, in milliseconds. */
export const LEASE_MS = 1500;
/** It is renewed, or claimed, so often; milliseconds. */
const RENEW_INTERVAL_MS = 250;

/** The place where the lease is kept, and where it ends by itself; rejects where it can't be asked. */
export interface LeaseStore {
  /** Takes or renews the lease for so many milliseconds where nobody else holds it; answers who holds it. */
  claim(id: string, ms: number): Promise<string>;
  holder(): Promise<string | null>;
  release(id: string): Promise<unknown>;
  /** How long it has been there without a break, in milliseconds. */
  uptimeMs(): number;
}

/** Elects one of all gateways: of two that ask at the same moment, never both hold it. */
export interface Lease {
  /** By the clock, at this very moment: a process that was stopped meanwhile holds it no more. */
  isHeld(): boolean;
  /** Whoever holds it, as was told last; null where that is too long ago, or nobody does. */
  holder(): string | null;
  /** Whether the store answers. */
  isReachable(): boolean;
  close(): Promise<void>;
}

/** `onAnswer` is called whenever the store has answered. */
export function startLease({
  id,
  store,
  monotonic,
  onAnswer,
}: {
  id: string;
  store: LeaseStore;
  monotonic: () => number;
  onAnswer: () => void;
}): Lease {
  let heldUntil = Number.NEGATIVE_INFINITY;
  let lastAnswer: { readonly holder: string | null; readonly requestedAt: number } | null = null;
  let isRenewing = false;
  let isClosed = false;

  const isHeld = () => monotonic() < heldUntil;
  const isReachable = () => lastAnswer !== null && monotonic() < lastAnswer.requestedAt + LEASE_MS;

  async function renew(): Promise<void> {
    if (isRenewing) return;
    isRenewing = true;
    // It counts from before it was asked for, so that it ends here first.
    const requestedAt = monotonic();
    // A store that has lost everything has lost a lease that may still be held.
    const mayClaim = isHeld() || store.uptimeMs() >= LEASE_MS;
    try {
      const holder = await (mayClaim ? store.claim(id, LEASE_MS) : store.holder());
      lastAnswer = { holder, requestedAt };
      if (!isClosed && mayClaim && holder === id) heldUntil = requestedAt + LEASE_MS;
      onAnswer();
    } catch {
      // Asked again at the next turn.
    }
    isRenewing = false;
  }
  const timer = setInterval(() => void renew(), RENEW_INTERVAL_MS);
  void renew();

  return {
    isHeld,
    holder: () => (isReachable() ? (lastAnswer?.holder ?? null) : null),
    isReachable,
    async close() {
      isClosed = true;
      clearInterval(timer);
      heldUntil = Number.NEGATIVE_INFINITY;
      await store.release(id).catch(() => {});
    },
  };
}
