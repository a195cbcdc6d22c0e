import { type Entry, type HintState, classifyHints, parseHint } from '@lampboard/model';
import { readOnlyReason } from '@lampboard/protocol';
import { type FreePbxNames, readAsteriskName, readFreePbxNames } from '../asterisk/asterisk-names.ts';
import { NO_HINTS } from '../asterisk/link-problems.ts';
import { type Directory, fieldsOf } from '../directory/directory-csv.ts';
import type { AmiSession } from './ami-session.ts';
import { type Finding, count, ok, problem, warning } from './finding.ts';

/** Names read at a time, so that a gateway's own queries don't wait. */
const BATCH_SIZE = 50;
/** Kinds of entries that have a name of their own. */
const NAMED_KINDS: ReadonlySet<string> = new Set(['person', 'room']);

interface HintsCheckOptions {
  readonly pbxId: string;
  /** All hints of Asterisk. */
  readonly hints: readonly HintState[];
  /** Those that are shown; null for all. */
  readonly contexts: readonly string[] | null;
  readonly directory: Directory;
  readonly session: Pick<AmiSession, 'send' | 'list'>;
}

/** Checks hints, presence providers and names; people are counted, never named. */
export async function checkHints({
  pbxId,
  hints,
  contexts,
  directory,
  session,
}: HintsCheckOptions): Promise<Finding[]> {
  const empty = contexts?.filter((context) => hints.every((hint) => hint.context !== context)) ?? [];
  const shown = hints.filter(({ context }) => contexts?.includes(context) ?? true);
  if (shown.length === 0) return [problem('hints', `${NO_HINTS.title}: ${NO_HINTS.cause}`, NO_HINTS.remedy)];
  const correctionOf = (hint: HintState) => fieldsOf(directory, hint, pbxId);
  const { entries, hidden } = classifyHints(shown, { contexts, correctionOf });
  const withPresence = entries.filter(({ hint }) => parseHint(hint).provider !== null);
  return [
    ok(
      'hints',
      `${count(shown.length, 'hint')} (${tally(shown.map(({ context }) => context))}) make ${count(entries.length, 'entry', 'entries')} (${tally(entries.map(({ kind }) => kind))}), ${withPresence.length} with a presence; ${hidden.length} are hidden`,
    ),
    ...emptyContexts(empty),
    ...readOnlyProviders(withPresence),
    ...wrongParking(shown),
    await checkNames({ pbxId, entries, directory, session }),
  ];
}

function emptyContexts(contexts: readonly string[]): Finding[] {
  if (contexts.length === 0) return [];
  const text = `no hint is in ${contexts.join(', ')}, of which the hints are to be shown`;
  return [warning('hints', text, 'compare with `core show hints`')];
}

function readOnlyProviders(entries: readonly HintState[]): Finding[] {
  const wrong = entries.filter(({ hint }) => {
    const reason = readOnlyReason(parseHint(hint).provider);
    return reason === 'spaced-provider' || reason === 'unusable-name';
  });
  const [first] = wrong;
  if (first === undefined) return [];
  const text = `the presence of ${count(wrong.length, 'hint')} can't be set, such as that of ${first.exten}@${first.context}: a space before its provider, or a character that Asterisk does not take`;
  return [warning('hints', text, 'write hints as `PJSIP/1101,CustomPresence:1101`, without spaces')];
}

/** Asterisk does not find the device that an upper-case `Park:` names. */
function wrongParking(hints: readonly HintState[]): Finding[] {
  const wrong = hints.filter(({ hint }) =>
    parseHint(hint).devices.some((device) => /^P[Aa][Rr][Kk]:/.test(device)),
  );
  const [first] = wrong;
  if (first === undefined) return [];
  const text = `the lamps of ${count(wrong.length, 'parking hint')} never change, such as that of ${first.exten}@${first.context}: \`Park:\` in upper case`;
  return [warning('hints', text, 'write `park:71@parkedcalls`')];
}

interface NamesCheckOptions {
  readonly pbxId: string;
  readonly entries: readonly Entry[];
  readonly directory: Directory;
  readonly session: Pick<AmiSession, 'send' | 'list'>;
}

async function checkNames({ pbxId, entries, directory, session }: NamesCheckOptions): Promise<Finding> {
  const people = entries.filter(({ kind }) => NAMED_KINDS.has(kind));
  const isInDirectory = (hint: HintState) => fieldsOf(directory, hint, pbxId).name !== undefined;
  const others = people.filter((entry) => ![entry, ...(entry.aliases ?? [])].some(isInDirectory));
  const freePbx = await readFreePbxNames(session);
  const freePbxNames: FreePbxNames = freePbx.ok ? freePbx.value : new Map();
  let fromAsterisk = 0;
  for (let index = 0; index < others.length; index += BATCH_SIZE) {
    const batch = others.slice(index, index + BATCH_SIZE);
    const names = await Promise.all(batch.map((entry) => readAsteriskName(session, entry, freePbxNames)));
    fromAsterisk += names.filter((name) => name.ok && name.value !== '').length;
  }
  const unnamed = others.length - fromAsterisk;
  const freePbxText = freePbx.ok
    ? `FreePBX keeps ${count(freePbxNames.size, 'name')}`
    : 'those that a FreePBX keeps are not read, which takes write class `reporting`';
  const text = `${people.length - others.length} of ${count(people.length, 'person or room', 'people and rooms')} have their name from the directory file, ${fromAsterisk} from Asterisk, ${unnamed} have none; ${freePbxText}`;
  if (unnamed === 0) return ok('names', text);
  return warning(
    'names',
    text,
    'name them in the directory file, or as caller IDs of their phones; with FreePBX `write = call,reporting`',
  );
}

/** Returns such as `person: 480, queue: 3`, the most frequent first. */
function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return sorted.map(([name, number]) => `${name}: ${number.toLocaleString('en')}`).join(', ');
}
