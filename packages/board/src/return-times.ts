import type { Back, ExtensionRow, Presence, SettableState } from '@lampboard/protocol';

/** Somebody is back by what they said: `then` is to be set, in place of the presence that they set it with. */
export interface DueReturn {
  readonly id: string;
  readonly provider: string;
  readonly presence: Presence;
  readonly then: SettableState;
  readonly setBy: string;
}

type Rows = ReadonlyMap<string, ExtensionRow>;

const thenOf = (back: Back | null) => back?.then ?? null;

/** The returns that are to be carried out at `now`, in milliseconds since 1970; one for each presence provider. */
export function dueReturns(rows: Rows, now: number): readonly DueReturn[] {
  const due = new Map<string, DueReturn>();
  for (const { id, provider, presence, presenceBy, back } of rows.values()) {
    const then = thenOf(back);
    if (then === null || back === null || back.at > now || provider === null || presence === null) continue;
    const setBy = presenceBy === null || presenceBy.kind === 'telephone' ? '' : presenceBy.name;
    due.set(provider, { id, provider, presence, then, setBy });
  }
  return [...due.values()];
}

/** When the next return is to be carried out, in milliseconds since 1970; null where there is none. */
export function nextReturn(rows: Rows): number | null {
  let next: number | null = null;
  for (const { back } of rows.values()) {
    if (back !== null && back.then !== null && (next === null || back.at < next)) next = back.at;
  }
  return next;
}
