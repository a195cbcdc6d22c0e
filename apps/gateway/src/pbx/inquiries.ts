import type { AmiClient, AmiEvent, AmiResult } from '@lampboard/ami';
import type { Fact } from '@lampboard/board';
import type { Clock } from '../clock.ts';
import type { Phones } from './phones.ts';
import type { PresenceStore } from './presence-store.ts';
import type { Subject } from './translate.ts';

/** So many at a time, and in a second: whoever types events must not have Asterisk flooded. */
const AT_ONCE = 32;
const PER_SECOND = 300;
const SECOND_MS = 1000;

/**
 * Asks Asterisk about one lamp, telephone or presence of which an event could not tell. An answer is as new as the moment it came;
 * of what is heard while one is on its way, the last word counts.
 */
export interface Inquiries {
  /** What is being asked already is asked once more. */
  ask(subject: Subject): void;
  /** Something newer was told in full: what is being asked no longer counts. */
  supersede(id: string): void;
  clear(): void;
}

interface Asking {
  next: Subject | null;
}

export function createInquiries({
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
  store: Pick<PresenceStore, 'read' | 'readOr'>;
  phones: Pick<Phones, 'read'>;
  clock: Pick<Clock, 'elapsed'>;
  /** `ExtensionState` answers what the event `ExtensionStatus` would say. */
  onLamp: (event: AmiEvent) => void;
  onPhone: (fact: Extract<Fact, { kind: 'phone' }>) => void;
  onPresence: (fact: Extract<Fact, { kind: 'presence' }>) => void;
  /** There was no answer, or too much was asked: what Asterisk holds is not known. */
  onFailure: () => void;
}): Inquiries {
  const open = new Map<string, Asking>();
  let second = { began: Number.NEGATIVE_INFINITY, count: 0 };

  function isTooMuch(): boolean {
    const now = clock.elapsed();
    if (now >= second.began + SECOND_MS) second = { began: now, count: 0 };
    second.count += 1;
    return second.count > PER_SECOND || open.size >= AT_ONCE;
  }

  /** Resolves to what is to be done with the answer. */
  async function answerTo(subject: Subject): Promise<AmiResult<() => void>> {
    if (subject.kind === 'lamp') {
      const { exten, context } = subject;
      const answer = await ami.send({ Action: 'ExtensionState', Exten: exten, Context: context });
      return answer.ok
        ? { ok: true, value: () => onLamp({ name: 'ExtensionStatus', fields: answer.value }) }
        : answer;
    }
    if (subject.kind === 'phone') {
      const { extension: id, hint } = subject;
      const answer = await phones.read(hint);
      return answer.ok
        ? { ok: true, value: () => onPhone({ kind: 'phone', id, phone: answer.value }) }
        : answer;
    }
    const { provider, cut } = subject;
    const answer = await (cut === null ? store.read(provider) : store.readOr(provider, cut));
    return answer.ok
      ? { ok: true, value: () => onPresence({ kind: 'presence', provider, presence: answer.value }) }
      : answer;
  }

  async function ask(subject: Subject): Promise<void> {
    const { id } = subject;
    const before = open.get(id);
    if (before !== undefined) {
      before.next = subject;
      return;
    }
    if (isTooMuch()) return onFailure();
    const mine: Asking = { next: null };
    open.set(id, mine);
    const answer = await answerTo(subject);
    if (open.get(id) !== mine) return;
    open.delete(id);
    if (answer.ok) answer.value();
    else onFailure();
    if (mine.next !== null) void ask(mine.next);
  }

  return {
    ask: (subject) => void ask(subject),
    supersede: (id) => open.delete(id),
    clear: () => open.clear(),
  };
}
