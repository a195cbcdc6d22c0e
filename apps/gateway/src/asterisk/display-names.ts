import type { AmiClient, AmiResult } from '@lampboard/ami';
import { type HintState, parseHint, type Fact, extensionId, placeholderPerson } from '@lampboard/model';
import { getvar } from './getvar.ts';
import type { Person } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import { isBlank, type Directory, personOf } from '../extensions/directory.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';

/** What stands in a caller ID where nobody gave a name: FreePBX, and Asterisk's channel drivers, write these. */
const PLACEHOLDER = /^(?:device|unknown|anonymous|asterisk)$/iu;

/**
 * Reads the hint's own name, `hint,PJSIP/1101(Alice Chen)`, else the caller ID of its telephone, as FreePBX sets it;
 * empty where there is none.
 */
export async function readAsteriskName(
  ami: Pick<AmiClient, 'send'>,
  { exten, context, hint }: HintState,
): Promise<AmiResult<string>> {
  // HINT() takes what follows the first @ for the context.
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

/** The dialplan function that reads a device's caller ID; null for technologies that have none. */
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

/** The name in `"Alice Chen" <1104>`, or one that stands alone; a number alone, `<unknown>` and placeholders are none. */
function callerName(callerId: string): string {
  const name = unquote((/^(.*)<[^<>]*>$/su.exec(callerId)?.[1] ?? callerId).trim());
  return /^[\d*#+() -]*$/u.test(name) || PLACEHOLDER.test(name) ? '' : name;
}

function unquote(text: string): string {
  const quoted = /^"(.*)"$/su.exec(text)?.[1];
  return quoted === undefined ? text : quoted.replaceAll(/\\(.)/gsu, '$1');
}

/** Names are asked for a few at a time, so that lamps are not kept waiting behind them. */
const BATCH_SIZE = 100;
const PAUSE_MS = 10;
/** Asterisk announces no new name: all are read again so often, beside what follows a reload. */
const REFRESH_EVERY_MS = 600_000;
/** However often a reload is announced, reading names takes a third of the time at most. */
const REST_FACTOR = 2;

/** Who sits at an extension: the directory's word, else Asterisk's, else the number. */
export interface DisplayNames {
  /** Takes the hints that there are and returns what is known by now; what is not is asked for. */
  setHints(hints: readonly HintState[]): Fact[];
  /** Asterisk may name everybody otherwise by now: they are asked for again after the next list. */
  invalidate(): void;
  close(): void;
}

export function createDisplayNames({
  directory,
  ami,
  monotonic,
  onFacts,
}: {
  directory: () => Directory;
  ami: Pick<AmiClient, 'send'>;
  monotonic: Clock['monotonic'];
  onFacts: (facts: readonly Fact[]) => void;
}): DisplayNames {
  /** Those that the directory does not name. */
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

  /** One after a reload takes away, changes and renames at once. */
  function replaceHints(next: ReadonlyMap<string, HintState>): void {
    const removed = [...hints].filter(([id, { hint }]) => next.get(id)?.hint !== hint).map(([id]) => id);
    const added = [...next.keys()].filter((id) => !hints.has(id));
    hints = next;
    if (removed.length > 0) invalidate();
    for (const id of added) stale.add(id);
    for (const id of removed) if (!next.has(id)) cached.delete(id);
  }

  /** Resolves to the milliseconds until all are asked again. */
  async function refreshStale(): Promise<number> {
    const startedAt = monotonic();
    if (stale.size === 0) invalidate();
    const ids = [...stale];
    stale = new Set();
    for (let index = 0; index < ids.length; index += BATCH_SIZE) {
      const batch = ids.slice(index, index + BATCH_SIZE);
      const facts = await Promise.all(batch.map(fetchName));
      onFacts(facts.filter((fact) => fact !== null));
      await pause();
    }
    const finishedAt = monotonic();
    notBefore = finishedAt + (finishedAt - startedAt) * REST_FACTOR;
    return REFRESH_EVERY_MS;
  }

  async function fetchName(id: string): Promise<Fact | null> {
    const hint = hints.get(id);
    if (hint === undefined) return null;
    const name: AmiResult<string> = await readAsteriskName(ami, hint);
    // It may be gone meanwhile, or be asked for again.
    if (!hints.has(id)) return null;
    if (!name.ok) {
      if (name.code !== 'rejected') stale.add(id);
      return null;
    }
    if (name.value === cached.get(id)) return null;
    cached.set(id, name.value);
    return { kind: 'person', id, person: toPerson(hint.exten, name.value) };
  }

  return {
    setHints(all) {
      const facts: Fact[] = [];
      const unnamed = new Map<string, HintState>();
      for (const hint of all) {
        const id = extensionId(hint.exten, hint.context);
        const person = personOf(directory(), hint.exten, hint.context);
        if (person === undefined) unnamed.set(id, hint);
        else inDirectory.add(id);
        // One that it names no longer shows its number until Asterisk has sent a name.
        if (person !== undefined || inDirectory.delete(id))
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
    invalidate,
    close: () => timer.cancel(),
  };
}

function toPerson(exten: string, name: string): Person {
  const person = placeholderPerson(exten);
  return isBlank(name) ? person : { ...person, name: name.trim() };
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
  });
}
