import { type DirectoryFields, extensionId } from '@lampboard/protocol';
import type { AmiClient } from '@lampboard/ami';
import { type Entry, type HintState, type Fact } from '@lampboard/model';
import { type FreePbxNames, readAsteriskName, readFreePbxNames, realName } from './asterisk-names.ts';
import type { Clock } from '../platform/clock.ts';
import { isBlank } from '../directory/directory-csv.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';

/** Reads pause between batches, so that lamps don't wait behind names. */
const BATCH_SIZE = 100;
const BATCH_PAUSE_MS = 10;
/** Asterisk sends no event for a changed name. */
const REFRESH_INTERVAL_MS = 600_000;
/** Limits reading names to a third of the time, however often reloads are announced. */
const REST_FACTOR = 2;

/** Names of extensions: from the directory, else from Asterisk, else the number. */
export type DisplayNames = ReturnType<typeof createDisplayNames>;

interface DisplayNamesOptions {
  pbxId: string;
  /** Directory entry of a hint. */
  directory: (hint: HintState) => DirectoryFields;
  ami: Pick<AmiClient, 'send' | 'list'>;
  monotonic: Clock['monotonic'];
  onFacts: (facts: readonly Fact[]) => void;
}

export function createDisplayNames({ pbxId, directory, ami, monotonic, onFacts }: DisplayNamesOptions) {
  let entries: readonly Entry[] = [];
  /** Hints that the directory does not name. */
  let hints: ReadonlyMap<string, HintState> = new Map();
  /** Extensions that the directory named in the last list. */
  const inDirectory = new Set<string>();
  const cached = new Map<string, string>();
  let freePbxNames: FreePbxNames = new Map();
  let stale = new Set<string>();
  let notBefore = Number.NEGATIVE_INFINITY;
  const timer = createReschedulingTimer({ task: refreshStale, monotonic });

  function invalidate(): void {
    stale = new Set(hints.keys());
  }

  function replaceHints(next: ReadonlyMap<string, HintState>): void {
    const removed = [...hints].filter(([id, { hint }]) => next.get(id)?.hint !== hint).map(([id]) => id);
    const added = [...next.keys()].filter((id) => !hints.has(id));
    hints = next;
    // A reload that removes or changes a hint may rename others.
    if (removed.length > 0) invalidate();
    for (const id of added) stale.add(id);
  }

  /** Resolves to the milliseconds until the next refresh. */
  async function refreshStale(): Promise<number> {
    const startedAt = monotonic();
    if (stale.size === 0) invalidate();
    const ids = [...stale];
    stale = new Set();
    if (ids.length > 0) await refreshFreePbxNames();
    for (let index = 0; index < ids.length; index += BATCH_SIZE) {
      const batch = ids.slice(index, index + BATCH_SIZE);
      const facts = await Promise.all(batch.map(fetchName));
      onFacts(facts.filter((fact) => fact !== null));
      await new Promise((resolve) => {
        setTimeout(resolve, BATCH_PAUSE_MS);
      });
    }
    const finishedAt = monotonic();
    notBefore = finishedAt + (finishedAt - startedAt) * REST_FACTOR;
    return REFRESH_INTERVAL_MS;
  }

  async function refreshFreePbxNames(): Promise<void> {
    const read = await readFreePbxNames(ami);
    if (read.ok) freePbxNames = read.value;
    // The account lacks the right, or Asterisk the action.
    else if (read.code === 'permission-denied' || read.code === 'rejected') freePbxNames = new Map();
  }

  async function fetchName(id: string): Promise<Fact | null> {
    const hint = hints.get(id);
    if (hint === undefined) return null;
    const name = await readAsteriskName(ami, hint, freePbxNames);
    // Removed while it was read.
    if (!hints.has(id)) return null;
    if (!name.ok) {
      if (name.code !== 'rejected') stale.add(id);
      return null;
    }
    if (name.value === cached.get(id)) return null;
    cached.set(id, name.value);
    return { kind: 'person', id, name: nameOrNumber(hint, name.value) };
  }

  /** By the number of the entry, else by a further one. */
  function directoryFields(entry: Entry): DirectoryFields {
    const hints = [entry, ...(entry.aliases ?? [])];
    return hints.reduceRight<DirectoryFields>((fields, hint) => ({ ...fields, ...directory(hint) }), {});
  }

  function update(): Fact[] {
    const unnamed = new Map<string, HintState>();
    const people = entries.map((entry) => {
      const id = extensionId(entry.exten, entry.context, pbxId);
      const { name, department = '', email = '', mobile = '', deputy, photo } = directoryFields(entry);
      if (name === undefined) unnamed.set(id, entry);
      const contact = {
        department,
        email,
        mobile,
        ...(deputy !== undefined && { deputy }),
        ...(photo !== undefined && { photo }),
      };
      return { id, entry, name, contact };
    });
    replaceHints(unnamed);
    const ids = new Set(people.map(({ id }) => id));
    for (const id of cached.keys()) if (!ids.has(id)) cached.delete(id);
    if (stale.size > 0) timer.runWithin(Math.max(0, notBefore - monotonic()));
    return people.map(({ id, entry, name, contact }) => {
      // An extension that left the directory shows its number until its name is read.
      const hasLeft = inDirectory.delete(id);
      if (name !== undefined) inDirectory.add(id);
      const asteriskName = cached.get(id) ?? (hasLeft ? '' : undefined);
      const known = name ?? (asteriskName === undefined ? undefined : nameOrNumber(entry, asteriskName));
      return { kind: 'person', id, contact, ...(known !== undefined && { name: known }) };
    });
  }

  return {
    /** Replaces the hints and returns what is known of their people so far; reads the other names. */
    setHints(all: readonly Entry[]): Fact[] {
      entries = all;
      return update();
    },
    /** As `setHints`, after the directory has changed. */
    refreshDirectory: update,
    /** Returns Asterisk's name of a hint, empty without one; null where it was not read. */
    asteriskName(hint: Pick<HintState, 'exten' | 'context'>): string | null {
      const id = extensionId(hint.exten, hint.context, pbxId);
      return cached.get(id) ?? (realName(freePbxNames.get(hint.exten) ?? '') || null);
    },
    /** Has all names read again after the next list. */
    invalidate,
    close: () => timer.cancel(),
  };
}

const nameOrNumber = ({ exten }: HintState, name: string) => (isBlank(name) ? exten : name.trim());
