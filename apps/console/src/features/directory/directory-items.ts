import { type ResolvedEntry, resolveEntry } from '@lampboard/model';
import type { DirectoryEntry, DirectoryListing, Kind, UnmatchedLine } from '@lampboard/protocol';
import type { PbxNames } from '../../data/socket/connection-state.ts';
import { distinctionsIn } from '../../data/socket/distinctions.ts';
import { displayName, withDistinction } from '../../entities/extension/accessible-name.ts';
import { normalizeText } from '../../entities/extension/select/normalize-text.ts';
import { searchTerms } from '../../entities/extension/select/search.ts';
import { isLine } from '../../entities/kind/kinds.ts';
import type { Translate } from '../../i18n/translate.ts';

/** Visibility on the board, with the reason: hidden, a feature code, a further number of another entry, or no hint. */
export type Visibility = 'shown' | 'hidden' | 'feature-code' | 'further' | 'no-hint';

/** A line of the table: an entry, or a line of the file that matches no hint. */
export interface DirectoryItem extends ResolvedEntry {
  readonly id: string;
  /** The number, with its PBX or context where another entry has the same number. */
  readonly number: string;
  /** The name; without one such as `Extension 106`. */
  readonly label: string;
  readonly visibility: Visibility;
  /** Null for a line of the file. */
  readonly entry: DirectoryEntry | null;
  readonly unmatched: UnmatchedLine | null;
  readonly searchText: string;
}

export const SHOWS = ['shown', 'not-shown', 'changed', 'no-hint'] as const;
/** Which items to show: those on the board or not, with something set here, or without a hint. */
export type Show = (typeof SHOWS)[number];

export interface DirectoryFilter {
  readonly query: string;
  readonly kind: Kind | null;
  readonly show: Show | null;
}

const numbers = new Intl.Collator('en', { numeric: true });
const isCode = (number: string) => /^[*#]/u.test(number);
const rankOf = ({ number, fields: { kind = 'person' } }: DirectoryItem) =>
  isCode(number) ? 2 : Number(isLine({ kind }));

/** Returns the items by number: people and rooms, functions, feature codes. */
export function directoryItems(
  t: Translate,
  { entries, unmatched }: DirectoryListing,
  pbxs: PbxNames,
): DirectoryItem[] {
  const distinctions = distinctionsIn(entries, pbxs);
  const items = [
    ...entries.map((entry): DirectoryItem => {
      const number = withDistinction(entry.exten, distinctions.get(entry.id));
      const item = { id: entry.id, number, entry, unmatched: null };
      return describe(t, { ...item, ...resolveEntry(entry) }, entry.exten);
    }),
    ...unmatched.map((unmatchedLine): DirectoryItem => {
      const { line, extension, fields } = unmatchedLine;
      const sources = Object.fromEntries(Object.keys(fields).map((field) => [field, 'file' as const]));
      const item = { id: `line ${line}`, number: extension, entry: null, unmatched: unmatchedLine };
      return describe(t, { ...item, fields, sources }, extension);
    }),
  ];
  return items.toSorted((a, b) => rankOf(a) - rankOf(b) || numbers.compare(a.number, b.number));
}

function describe(
  t: Translate,
  item: Omit<DirectoryItem, 'label' | 'visibility' | 'searchText'>,
  exten: string,
): DirectoryItem {
  const {
    name = exten,
    department = '',
    email = '',
    mobile = '',
    kind = 'person',
    deputy = '',
  } = item.fields;
  const label = displayName(t, { exten, kind, person: { name, department, email, mobile } });
  const texts = [item.number, label, department, email, mobile, deputy];
  return { ...item, label, visibility: visibilityOf(item), searchText: normalizeText(texts.join('\n')) };
}

function visibilityOf({ entry, fields }: Pick<DirectoryItem, 'entry' | 'fields'>): Visibility {
  if (entry === null || entry.hint === null) return 'no-hint';
  if (entry.aliasOf !== null) return 'further';
  if (fields.kind === 'feature-code') return 'feature-code';
  return fields.hidden === true ? 'hidden' : 'shown';
}

/** True if something is set here, not only taken back. */
const isChangedHere = ({ entry }: DirectoryItem) => entry !== null && Object.keys(entry.here).length > 0;

const IS_SHOWN: Readonly<Record<Show, (item: DirectoryItem) => boolean>> = {
  shown: ({ visibility }) => visibility === 'shown',
  'not-shown': ({ visibility }) => visibility !== 'shown',
  changed: isChangedHere,
  'no-hint': ({ visibility }) => visibility === 'no-hint',
};

export const countItems = (items: readonly DirectoryItem[], show: Show): number =>
  items.filter(IS_SHOWN[show]).length;

/** Returns the items of a kind that match all terms. */
export function filterItems(
  items: readonly DirectoryItem[],
  { query, kind, show }: DirectoryFilter,
): readonly DirectoryItem[] {
  const terms = searchTerms(query);
  return items.filter(
    (item) =>
      (show === null || IS_SHOWN[show](item)) &&
      (kind === null || item.fields.kind === kind) &&
      terms.every((term) => item.searchText.includes(term)),
  );
}
