import type { AmiClient, AmiResult } from '@lampboard/ami';
import { type Fact, type HintFact, extensionId, unknownPerson } from '@lampboard/board';
import type { Person } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import { readAsteriskName } from './asterisk-name.ts';
import { isBlank } from './blank.ts';
import { type Directory, personOf } from './directory.ts';
import { createRecurring } from './recurring.ts';

/** Names are asked for a few at a time, so that lamps are not kept waiting behind them. */
const BATCH = 100;
const PAUSE_MS = 10;
/** Asterisk announces no new name: all are read again so often, beside what follows a reload. */
const REFRESH_EVERY_MS = 600_000;
/** However often a reload is announced, reading names takes a third of the time at most. */
const REST_FACTOR = 2;

/** Who sits at an extension: the directory's word, else Asterisk's, else the number. */
export interface Naming {
  /** Takes the hints that there are and returns what is known by now; what is not is asked for. */
  listed(hints: readonly HintFact[]): Fact[];
  /** Asterisk may name everybody otherwise by now: they are asked for again after the next list. */
  refresh(): void;
  close(): void;
}

export function createNaming({
  directory,
  ami,
  elapsed,
  onFacts,
}: {
  directory: () => Directory;
  ami: Pick<AmiClient, 'send'>;
  elapsed: Clock['elapsed'];
  onFacts: (facts: readonly Fact[]) => void;
}): Naming {
  /** Those that the directory does not name. */
  let hints: ReadonlyMap<string, HintFact> = new Map();
  /** Extensions that the directory named in the last list. */
  const inDirectory = new Set<string>();
  const names = new Map<string, string>();
  let stale = new Set<string>();
  let mayBeginAt = Number.NEGATIVE_INFINITY;
  const rounds = createRecurring({ task: askStale, elapsed });

  function refresh(): void {
    stale = new Set(hints.keys());
  }

  /** One after a reload takes away, changes and renames at once. */
  function replaceHints(next: ReadonlyMap<string, HintFact>): void {
    const gone = [...hints].filter(([id, { hint }]) => next.get(id)?.hint !== hint).map(([id]) => id);
    const added = [...next.keys()].filter((id) => !hints.has(id));
    hints = next;
    if (gone.length > 0) refresh();
    for (const id of added) stale.add(id);
    for (const id of gone) if (!next.has(id)) names.delete(id);
  }

  /** Resolves to the milliseconds until all are asked again. */
  async function askStale(): Promise<number> {
    const began = elapsed();
    if (stale.size === 0) refresh();
    const ids = [...stale];
    stale = new Set();
    for (let index = 0; index < ids.length; index += BATCH) {
      const batch = ids.slice(index, index + BATCH);
      const facts = await Promise.all(batch.map(ask));
      onFacts(facts.filter((fact) => fact !== null));
      await pause();
    }
    const ended = elapsed();
    mayBeginAt = ended + (ended - began) * REST_FACTOR;
    return REFRESH_EVERY_MS;
  }

  async function ask(id: string): Promise<Fact | null> {
    const hint = hints.get(id);
    if (hint === undefined) return null;
    const name: AmiResult<string> = await readAsteriskName(ami, hint);
    // It may be gone meanwhile, or be asked for again.
    if (!hints.has(id)) return null;
    if (!name.ok) {
      if (name.code !== 'refused') stale.add(id);
      return null;
    }
    if (name.value === names.get(id)) return null;
    names.set(id, name.value);
    return { kind: 'person', id, person: named(hint.exten, name.value) };
  }

  return {
    listed(all) {
      const known: Fact[] = [];
      const unnamed = new Map<string, HintFact>();
      for (const hint of all) {
        const id = extensionId(hint.exten, hint.context);
        const person = personOf(directory(), hint.exten, hint.context);
        if (person === undefined) unnamed.set(id, hint);
        else inDirectory.add(id);
        // One that it names no longer shows its number until Asterisk has sent a name.
        if (person !== undefined || inDirectory.delete(id))
          known.push({ kind: 'person', id, person: person ?? unknownPerson(hint.exten) });
      }
      replaceHints(unnamed);
      if (stale.size > 0) rounds.within(Math.max(0, mayBeginAt - elapsed()));
      for (const [id, { exten }] of unnamed) {
        const name = names.get(id);
        if (name !== undefined) known.push({ kind: 'person', id, person: named(exten, name) });
      }
      return known;
    },
    refresh,
    close: () => rounds.cancel(),
  };
}

function named(exten: string, name: string): Person {
  const person = unknownPerson(exten);
  return isBlank(name) ? person : { ...person, name: name.trim() };
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
  });
}
