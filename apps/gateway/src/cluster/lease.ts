export const LEASE_MS = 1500;
const RENEW_INTERVAL_MS = 250;
/** Time for which a gateway that leads another PBX leaves a free lease to the others. */
const YIELD_MS = 600;

/** Stores the lease and expires it; rejects while unreachable. */
export interface LeaseStore {
  /** Takes or renews the lease unless another gateway holds it; resolves to the holder. */
  claim(id: string, ms: number): Promise<string>;
  holder(): Promise<string | null>;
  release(id: string): Promise<unknown>;
  /** Milliseconds since the store became reachable. */
  uptimeMs(): number;
}

/** Elects one leader of a PBX among all gateways; no two hold the lease at the same time. */
export type Lease = ReturnType<typeof startLease>;

interface LeaseOptions {
  id: string;
  store: LeaseStore;
  monotonic: () => number;
  /** True while this gateway holds, or claims, the lease of another PBX. */
  isBusyElsewhere?: () => boolean;
  onAnswer: () => void;
}

/** `onAnswer` is called after each response of the store. */
export function startLease({ id, store, monotonic, isBusyElsewhere = () => false, onAnswer }: LeaseOptions) {
  let heldUntil = Number.NEGATIVE_INFINITY;
  let lastAnswer: { readonly holder: string | null; readonly requestedAt: number } | null = null;
  let isRenewing = false;
  let isClaiming = false;
  let isClosed = false;
  /** Since when no other gateway has taken it, as far as was seen. */
  let freeSince: number | null = null;

  const isHeld = () => monotonic() < heldUntil;
  const isReachable = () => lastAnswer !== null && monotonic() < lastAnswer.requestedAt + LEASE_MS;

  async function renew(): Promise<void> {
    if (isRenewing) return;
    isRenewing = true;
    const requestedAt = monotonic();
    try {
      const holder = await (isHeld() ? claim(requestedAt) : claimIfFree(requestedAt));
      lastAnswer = { holder, requestedAt };
      onAnswer();
    } catch {
      // Retried at the next interval.
    }
    isRenewing = false;
  }

  /** Asks first: a claim, even one that fails, makes this gateway leave the leases of other PBXs to others. */
  async function claimIfFree(requestedAt: number): Promise<string | null> {
    const holder = await store.holder();
    freeSince = holder === null ? (freeSince ?? requestedAt) : null;
    // A store that lost its data may have lost a lease that another gateway still holds.
    const mayClaim = !isClosed && store.uptimeMs() >= LEASE_MS && !yieldsAt(requestedAt);
    return mayClaim && (holder === null || holder === id) ? claim(requestedAt) : holder;
  }

  async function claim(requestedAt: number): Promise<string> {
    isClaiming = true;
    const holder = await store.claim(id, LEASE_MS).finally(() => (isClaiming = false));
    // Counted from the request on, so that the lease ends here before it ends in the store.
    if (!isClosed && holder === id) heldUntil = requestedAt + LEASE_MS;
    return holder;
  }

  function yieldsAt(timestamp: number): boolean {
    return isBusyElsewhere() && (freeSince === null || timestamp - freeSince < YIELD_MS);
  }
  const timer = setInterval(() => void renew(), RENEW_INTERVAL_MS);
  void renew();

  return {
    /** Checked by the clock, so that a process that stalled no longer holds it. */
    isHeld,
    isHeldOrClaimed: () => isHeld() || isClaiming,
    /** Returns the last known holder; null if there is none or the last response is older than {@link LEASE_MS}. */
    holder: (): string | null => (isReachable() ? (lastAnswer?.holder ?? null) : null),
    isReachable,
    async close() {
      isClosed = true;
      clearInterval(timer);
      heldUntil = Number.NEGATIVE_INFINITY;
      await store.release(id).catch(() => {});
    },
  };
}
