import type { AmiClient, AmiEvent } from '@lampboard/ami';
import { type Fact, phoneKey } from '@lampboard/model';
import type { Clock } from '../platform/clock.ts';
import type { Phones } from './phones.ts';
import type { PresenceFunction } from './presence-function.ts';
import type { QueryTarget } from './translate.ts';

/** Limits that keep forged events from flooding Asterisk with queries. */
const MAX_CONCURRENT = 32;
const MAX_PER_SECOND = 300;
const SECOND_MS = 1000;

interface PendingQuery {
  next: QueryTarget | null;
}

interface StateQueriesOptions {
  ami: Pick<AmiClient, 'send'>;
  presenceFunction: Pick<PresenceFunction, 'read' | 'readFull'>;
  phones: Pick<Phones, 'read' | 'readDevice'>;
  clock: Pick<Clock, 'monotonic'>;
  /** Receives the response of `ExtensionState` as an event `ExtensionStatus`. */
  onLamp: (event: AmiEvent) => void;
  onFact: (id: string, fact: Fact) => void;
  /** A query failed or exceeded the limits, so the state in Asterisk is unknown. */
  onFailure: () => void;
}

/** Queries single lamps, phones and presences whose events are incomplete or untrusted. */
export function createStateQueries(options: StateQueriesOptions) {
  const { ami, presenceFunction, phones, clock, onLamp, onFact, onFailure } = options;
  const pending = new Map<string, PendingQuery>();
  let second = { startedAt: Number.NEGATIVE_INFINITY, count: 0 };

  function isOverLimit(): boolean {
    const now = clock.monotonic();
    if (now >= second.startedAt + SECOND_MS) second = { startedAt: now, count: 0 };
    second.count += 1;
    return second.count > MAX_PER_SECOND || pending.size >= MAX_CONCURRENT;
  }

  /** Resolves to a function that applies the response; null if the query failed. */
  async function runQuery(target: QueryTarget): Promise<(() => void) | null> {
    const { id } = target;
    switch (target.kind) {
      case 'lamp': {
        const { exten, context } = target;
        const response = await ami.send({ Action: 'ExtensionState', Exten: exten, Context: context });
        return response.ok ? () => onLamp({ name: 'ExtensionStatus', fields: response.value }) : null;
      }
      case 'phone': {
        const { extension } = target;
        const response = await phones.read(extension);
        if (!response.ok) return null;
        const { value: phone } = response;
        return () => phone && onFact(id, { kind: 'phone', id: extension, phone });
      }
      case 'device': {
        const response = await phones.readDevice(target.device);
        if (!response.ok) return null;
        return () => {
          for (const [extension, phone] of response.value)
            onFact(phoneKey(extension), { kind: 'phone', id: extension, phone });
        };
      }
      case 'presence': {
        const { provider, truncated } = target;
        const response = await (truncated
          ? presenceFunction.readFull(provider, truncated)
          : presenceFunction.read(provider));
        if (!response.ok) return null;
        return () => onFact(id, { kind: 'presence', provider, presence: response.value });
      }
    }
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
    const applyResponse = await runQuery(target);
    if (pending.get(id) !== current) return;
    pending.delete(id);
    (applyResponse ?? onFailure)();
    if (current.next !== null) void query(current.next);
  }

  return {
    /** Queries once more after a query of the same target that is pending. */
    query: (target: QueryTarget) => void query(target),
    /** Discards a pending response, as a complete event came after the query. */
    cancel: (id: string) => pending.delete(id),
    clear: () => pending.clear(),
  };
}
