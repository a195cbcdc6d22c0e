import type { AmiClient, AmiEvent, AmiResult } from '@lampboard/ami';
import type { Fact } from '@lampboard/model';
import type { Clock } from '../platform/clock.ts';
import type { Phones } from './phones.ts';
import type { PresenceStore } from './presence-store.ts';
import type { QueryTarget } from './translate.ts';

/** So many at a time, and in a second: whoever types events must not have Asterisk flooded. */
const MAX_CONCURRENT = 32;
const MAX_PER_SECOND = 300;
const SECOND_MS = 1000;

/**
 * Asks Asterisk about one lamp, telephone or presence of which an event could not tell. An answer is as new as the moment it came;
 * of what is heard while one is on its way, the last word counts.
 */
export interface StateQueries {
  /** What is being asked already is asked once more. */
  query(target: QueryTarget): void;
  /** Something newer was told in full: what is being asked no longer counts. */
  cancel(id: string): void;
  clear(): void;
}

interface PendingQuery {
  next: QueryTarget | null;
}

export function createStateQueries({
  ami,
  store,
  phones,
  clock,
  onLamp,
  onPhone,
  onPresence,
  onFailure,
}: {
  ami: Pick<AmiClient, 'send'>;
  store: Pick<PresenceStore, 'read' | 'readFull'>;
  phones: Pick<Phones, 'read'>;
  clock: Pick<Clock, 'monotonic'>;
  /** `ExtensionState` answers what the event `ExtensionStatus` would say. */
  onLamp: (event: AmiEvent) => void;
  onPhone: (fact: Extract<Fact, { kind: 'phone' }>) => void;
  onPresence: (fact: Extract<Fact, { kind: 'presence' }>) => void;
  /** There was no answer, or too much was asked: what Asterisk holds is not known. */
  onFailure: () => void;
}): StateQueries {
  const pending = new Map<string, PendingQuery>();
  let second = { began: Number.NEGATIVE_INFINITY, count: 0 };

  function isOverLimit(): boolean {
    const now = clock.monotonic();
    if (now >= second.began + SECOND_MS) second = { began: now, count: 0 };
    second.count += 1;
    return second.count > MAX_PER_SECOND || pending.size >= MAX_CONCURRENT;
  }

  /** Resolves to what is to be done with the answer. */
  async function runQuery(target: QueryTarget): Promise<AmiResult<() => void>> {
    if (target.kind === 'lamp') {
      const { exten, context } = target;
      const response = await ami.send({ Action: 'ExtensionState', Exten: exten, Context: context });
      return response.ok
        ? { ok: true, value: () => onLamp({ name: 'ExtensionStatus', fields: response.value }) }
        : response;
    }
    if (target.kind === 'phone') {
      const { extension: id, hint } = target;
      const response = await phones.read(hint);
      return response.ok
        ? { ok: true, value: () => onPhone({ kind: 'phone', id, phone: response.value }) }
        : response;
    }
    const { provider, truncated } = target;
    const response = await (truncated === null ? store.read(provider) : store.readFull(provider, truncated));
    return response.ok
      ? { ok: true, value: () => onPresence({ kind: 'presence', provider, presence: response.value }) }
      : response;
  }

  async function query(target: QueryTarget): Promise<void> {
    const { id } = target;
    const running = pending.get(id);
    if (running !== undefined) {
      running.next = target;
      return;
    }
    if (isOverLimit()) return onFailure();
    const current: PendingQuery = { next: null };
    pending.set(id, current);
    const response = await runQuery(target);
    if (pending.get(id) !== current) return;
    pending.delete(id);
    if (response.ok) response.value();
    else onFailure();
    if (current.next !== null) void query(current.next);
  }

  return {
    query: (target) => void query(target),
    cancel: (id) => pending.delete(id),
    clear: () => pending.clear(),
  };
}
