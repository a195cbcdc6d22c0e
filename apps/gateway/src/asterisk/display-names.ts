import { extensionId, type Person } from '@lampboard/protocol';
import type { AmiClient, AmiResult } from '@lampboard/ami';
import { type Entry, type HintState, parseHint, type Fact, placeholderPerson } from '@lampboard/model';
import { getvar } from './getvar.ts';
import type { Clock } from '../platform/clock.ts';
import { isBlank, type Directory, entryOf } from '../directory/directory-csv.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';

/** Caller ID names that FreePBX and Asterisk's channel drivers set where none is configured. */
const PLACEHOLDER = /^(?:device|unknown|anonymous|asterisk)$/iu;

/** Reads the name in the hint (`PJSIP/1101(Alice Chen)`), else its phone's caller ID; empty without either. */
export async function readAsteriskName(
  ami: Pick<AmiClient, 'send'>,
  { exten, context, hint }: HintState,
): Promise<AmiResult<string>> {
  // HINT() reads everything after the first @ as the context.
  if (isSafeIdentifier(exten) && isSafeIdentifier(context) && !exten.includes('@')) {
    const hintName = await getvar(ami, `HINT(${exten}@${context},n)`);
    if (!hintName.ok || hintName.value !== '')
      return hintName.ok ? { ok: true, value: unquote(hintName.value) } : hintName;
  }
  const variable = parseHint(hint)
    .devices.map(callerIdVariable)
    .find((one) => one !== null);
  if (variable === undefined) return { ok: true, value: '' };
  const callerId = await getvar(ami, variable);
  return callerId.ok ? { ok: true, value: callerName(callerId.value) } : callerId;
}

/** Returns the dialplan function that reads a device's caller ID; null for technologies without one. */
function callerIdVariable(device: string): string | null {
  const [, technology = '', name = ''] = /^(\w+)\/(.+)$/u.exec(device) ?? [];
  if (!isSafeIdentifier(name)) return null;
  switch (technology.toUpperCase()) {
    case 'PJSIP':
      return `PJSIP_ENDPOINT(${name},callerid)`;
    case 'SIP':
      return `SIPPEER(${name},callerid_name)`;
    case 'IAX2':
      return `IAXPEER(${name},callerid_name)`;
    default:
      return null;
  }
}

/** Safe inside the brackets of a dialplan function. */
const isSafeIdentifier = (text: string) => /^[^\s,()"\\]+$/u.test(text);

/** Returns the name in `"Alice Chen" <1104>` or `Alice Chen`; empty for numbers, `<unknown>` and placeholders. */
function callerName(callerId: string): string {
  const name = unquote((/^(.*)<[^<>]*>$/su.exec(callerId)?.[1] ?? callerId).trim());
  return /^[\d*#+() -]*$/u.test(name) || PLACEHOLDER.test(name) ? '' : name;
}

function unquote(text: string): string {
  const quoted = /^"(.*)"$/su.exec(text)?.[1];
  return quoted === undefined ? text : quoted.replaceAll(/\\(.)/gsu, '$1');
}

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
  directory: () => Directory;
  ami: Pick<AmiClient, 'send'>;
  monotonic: Clock['monotonic'];
  onFacts: (facts: readonly Fact[]) => void;
}

export function createDisplayNames({ pbxId, directory, ami, monotonic, onFacts }: DisplayNamesOptions) {
  /** Hints that the directory does not name. */
  let hints: ReadonlyMap<string, HintState> = new Map();
  /** Extensions that the directory named in the last list. */
  const inDirectory = new Set<string>();
  const cached = new Map<string, string>();
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
    for (const id of removed) if (!next.has(id)) cached.delete(id);
  }

  /** Resolves to the milliseconds until the next refresh. */
  async function refreshStale(): Promise<number> {
    const startedAt = monotonic();
    if (stale.size === 0) invalidate();
    const ids = [...stale];
    stale = new Set();
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

  async function fetchName(id: string): Promise<Fact | null> {
    const hint = hints.get(id);
    if (hint === undefined) return null;
    const name = await readAsteriskName(ami, hint);
    // Removed while it was read.
    if (!hints.has(id)) return null;
    if (!name.ok) {
      if (name.code !== 'rejected') stale.add(id);
      return null;
    }
    if (name.value === cached.get(id)) return null;
    cached.set(id, name.value);
    return { kind: 'person', id, person: toPerson(hint.exten, name.value) };
  }

  /** By the number of the entry, else by a further one. */
  function directoryPerson({ exten, context, aliases = [] }: Entry): Person | null {
    for (const hint of [{ exten, context }, ...aliases]) {
      const person = entryOf(directory(), hint.exten, hint.context)?.person;
      if (person) return person;
    }
    return null;
  }

  return {
    /** Replaces the hints and returns the names known so far; reads the others. */
    setHints(all: readonly Entry[]): Fact[] {
      const facts: Fact[] = [];
      const unnamed = new Map<string, HintState>();
      for (const hint of all) {
        const id = extensionId(hint.exten, hint.context, pbxId);
        const person = directoryPerson(hint);
        if (person === null) unnamed.set(id, hint);
        else inDirectory.add(id);
        // An extension that left the directory shows its number until its name is read.
        if (person !== null || inDirectory.delete(id))
          facts.push({ kind: 'person', id, person: person ?? placeholderPerson(hint.exten) });
      }
      replaceHints(unnamed);
      if (stale.size > 0) timer.runWithin(Math.max(0, notBefore - monotonic()));
      for (const [id, { exten }] of unnamed) {
        const name = cached.get(id);
        if (name !== undefined) facts.push({ kind: 'person', id, person: toPerson(exten, name) });
      }
      return facts;
    },
    /** Has all names read again after the next list. */
    invalidate,
    close: () => timer.cancel(),
  };
}

function toPerson(exten: string, name: string): Person {
  const person = placeholderPerson(exten);
  return isBlank(name) ? person : { ...person, name: name.trim() };
}
