import { type DirectorySource, type ResolvedEntry, resolveEntry } from '@lampboard/model';
import {
  type DirectoryEntry,
  type DirectoryField,
  type DirectoryFields,
  type DirectoryPatch,
  directoryFields,
  directoryPatch,
} from '@lampboard/protocol';

type Value = string | boolean;

interface Change {
  /** Null where the field is taken back. A new photo is a `data:` address. */
  readonly value: Value | null;
  /** Fields set here when the change began. */
  readonly base: Value | undefined;
}

/** Unsaved changes of an entry. */
export type EntryDraft = ReadonlyMap<DirectoryField, Change>;

export const NO_DRAFT: EntryDraft = new Map();

const clean = (value: Value | null) => (typeof value === 'string' ? value.trim() : value);

/** A name can't be empty: an emptied one is taken back. */
const savedValue = (field: DirectoryField, { value }: Change) =>
  field === 'name' ? clean(value) || null : clean(value);

/** Returns the values below the source that counts, the next first. */
export function valuesBelow(
  entry: DirectoryEntry,
  field: DirectoryField,
  source: DirectorySource | undefined,
): readonly (readonly [Exclude<DirectorySource, 'here'>, DirectoryFields])[] {
  const layers = [
    ['file', entry.file],
    ['asterisk', resolveEntry({ ...entry, here: {}, file: {} }).fields],
  ] as const;
  const below = source === 'here' ? layers : layers.slice(source === 'file' ? 1 : 2);
  return below.filter(([, fields]) => fields[field] !== undefined);
}

/** Returns what counts once the draft is saved; without a new photo, which has no hash yet. */
export function resolveDraft(entry: DirectoryEntry, draft: EntryDraft): ResolvedEntry {
  const here = new Map<string, unknown>(Object.entries(entry.here));
  for (const [field, { value }] of draft) {
    if (value === null || field === 'photo') here.delete(field);
    else here.set(field, value);
  }
  return resolveEntry({ ...entry, here: directoryFields.parse(Object.fromEntries(here)) });
}

/** Changes a field; null takes it back, and so does the value that counts then anyway. */
export function changeField(
  entry: DirectoryEntry,
  draft: EntryDraft,
  field: DirectoryField,
  value: Value | null,
): EntryDraft {
  const absent = field === 'hidden' ? false : '';
  const below = resolveEntry({ ...entry, here: {} }).fields[field] ?? absent;
  const base = draft.has(field) ? draft.get(field)?.base : entry.here[field];
  const next = value === below ? null : value;
  return next === (entry.here[field] ?? null)
    ? undoChange(draft, field)
    : new Map(draft).set(field, { value: next, base });
}

export function undoChange(draft: EntryDraft, field: DirectoryField): EntryDraft {
  return new Map([...draft].filter(([changed]) => changed !== field));
}

/** Keeps a change although another administrator has changed the field. */
export function confirmChange(entry: DirectoryEntry, draft: EntryDraft, field: DirectoryField): EntryDraft {
  const change = draft.get(field);
  return change === undefined ? draft : new Map(draft).set(field, { ...change, base: entry.here[field] });
}

/** Returns the draft without what is set here already. */
export function withoutSaved({ here }: DirectoryEntry, draft: EntryDraft): EntryDraft {
  const changes = [...draft].filter(([field, change]) => savedValue(field, change) !== (here[field] ?? null));
  return changes.length === draft.size ? draft : new Map(changes);
}

/** Returns the changed fields that another administrator has changed to something else. */
export const conflictsOf = ({ here }: DirectoryEntry, draft: EntryDraft): readonly DirectoryField[] =>
  [...draft].filter(([field, { base }]) => here[field] !== base).map(([field]) => field);

interface DraftRequest {
  readonly patch: DirectoryPatch;
  readonly base: DirectoryFields;
  /** In base64; null without a new one. */
  readonly photo: string | null;
  readonly invalid: readonly DirectoryField[];
}

/** Returns what is to be saved, and the fields whose texts are too long or no text of one line. */
export function toRequest(entry: DirectoryEntry, draft: EntryDraft): DraftRequest {
  let patch: DirectoryPatch = {};
  const invalid: DirectoryField[] = [];
  for (const [field, change] of draft) {
    const value = savedValue(field, change);
    if (value === (entry.here[field] ?? null) || (field === 'photo' && value !== null)) continue;
    const parsed = directoryPatch.safeParse({ [field]: value });
    if (parsed.success) patch = { ...patch, ...parsed.data };
    else invalid.push(field);
  }
  const base = Object.fromEntries([...draft].map(([field, change]) => [field, change.base]));
  const photo = draft.get('photo')?.value;
  return {
    patch,
    base: directoryFields.parse(base),
    photo: typeof photo === 'string' ? photo.slice(photo.indexOf(',') + 1) : null,
    invalid,
  };
}
