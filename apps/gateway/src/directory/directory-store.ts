import { createHash } from 'node:crypto';
import {
  DIRECTORY_FIELDS,
  type DirectoryFields,
  type DirectoryPatch,
  MAX_PHOTO_BYTES,
  MAX_PHOTO_SIZE,
  directoryFields,
} from '@lampboard/protocol';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import { z } from 'zod';
import { tryOr } from '../platform/failure.ts';
import { jsonColumn } from '../platform/store/json-column.ts';
import type { Store } from '../platform/store/open-store.ts';
import { transaction, writePreparer } from '../platform/store/transaction.ts';

const NO_FIELDS: DirectoryFields = {};

const entryRow = z.object({ extension: z.string(), fields: jsonColumn(directoryFields) });
const revisionRow = z.object({ revision: z.nullable(z.number()) });
const photoRow = z.object({ bytes: z.instanceof(Uint8Array) });

/** Fields that administrators have set, by extension id, and photos. */
export type DirectoryStore = ReturnType<typeof createDirectoryStore>;

export function createDirectoryStore({ db, watch }: Pick<Store, 'db' | 'watch'>) {
  const prepareWrite = writePreparer(db);
  const select = db.prepare('SELECT extension, fields FROM directory');
  const selectRevision = db.prepare('SELECT max(revision) AS revision FROM directory');
  const selectPhoto = db.prepare('SELECT bytes FROM photos WHERE hash = ?');
  // An entry without fields stays, so that the revision only grows.
  const put = prepareWrite(`INSERT INTO directory VALUES
    (?, ?, (SELECT coalesce(max(revision), 0) + 1 FROM directory))
    ON CONFLICT (extension) DO UPDATE SET fields = excluded.fields, revision = excluded.revision`);
  const putPhoto = prepareWrite('INSERT OR IGNORE INTO photos VALUES (?, ?)');
  const deleteUnusedPhotos = prepareWrite(
    "DELETE FROM photos WHERE hash NOT IN (SELECT fields ->> '$.photo' FROM directory WHERE fields ->> '$.photo' IS NOT NULL)",
  );
  const listeners = new Set<() => void>();
  const readRevision = () => revisionRow.parse(selectRevision.get()).revision;
  let revision = readRevision();
  let entries = readEntries();

  function readEntries(): ReadonlyMap<string, DirectoryFields> {
    const rows = select.all().map((raw) => entryRow.parse(raw));
    return new Map(rows.map(({ extension, fields }) => [extension, fields]));
  }

  function refresh(): void {
    // First, so that entries which another gateway writes meanwhile are read again.
    revision = readRevision();
    entries = readEntries();
    for (const listener of listeners) listener();
  }

  const stopWatching = watch(() => {
    // A failure is retried with the next change.
    if (tryOr(readRevision, revision) !== revision) tryOr(refresh, null);
  });

  /** In one transaction with what it is based on, since another gateway may write at the same time. */
  function change(
    changes: readonly { readonly id: string; readonly changed: Change }[],
    base: DirectoryFields | undefined,
    prepare = () => {},
  ): boolean {
    const isDone = transaction(db, () => {
      const stored = revision === readRevision() ? entries : readEntries();
      if (base !== undefined && changes.some(({ id, changed }) => isOutdated(stored.get(id), base, changed)))
        return false;
      prepare();
      for (const { id, changed } of changes)
        put.run(id, JSON.stringify(applyChange(stored.get(id), changed)));
      deleteUnusedPhotos.run();
      return true;
    });
    refresh();
    return isDone;
  }

  return {
    /** Entries without fields are among them. */
    all: (): ReadonlyMap<string, DirectoryFields> => entries,
    get: (id: string): DirectoryFields => entries.get(id) ?? NO_FIELDS,
    /** Changes all of these extensions, or none. False if `base` had another value of a changed field. */
    save(patches: ReadonlyMap<string, DirectoryPatch>, base?: DirectoryFields): boolean {
      const changes = [...patches].map(([id, patch]) => ({ id, changed: patch }));
      return change(changes, base);
    },
    /** Returns false if `base` had another photo. */
    setPhoto(id: string, bytes: Uint8Array, base?: DirectoryFields): boolean {
      const photo = createHash('sha256').update(bytes).digest('base64url');
      return change([{ id, changed: { photo } }], base, () => void putPhoto.run(photo, bytes));
    },
    /** Returns the photo with this hash, and its media type. */
    photo(hash: string) {
      const raw = selectPhoto.get(hash);
      if (raw === undefined) return null;
      const { bytes } = photoRow.parse(raw);
      return { bytes, type: photoType(bytes) ?? 'application/octet-stream' };
    },
    /** Subscribes to changes, also those of other gateways; returns the unsubscribe function. */
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: stopWatching,
  };
}

type Change = DirectoryPatch | Pick<DirectoryFields, 'photo'>;

/** True if a field that changes had another value when the change began, unless it has the new one. */
function isOutdated(fields: DirectoryFields = NO_FIELDS, base: DirectoryFields, change: Change): boolean {
  const changed = new Map(Object.entries(change));
  return DIRECTORY_FIELDS.some((field) => {
    const next = changed.get(field);
    return next !== undefined && fields[field] !== base[field] && fields[field] !== (next ?? undefined);
  });
}

/** Without the fields that are taken back. */
function applyChange(fields: DirectoryFields = NO_FIELDS, change: Change): DirectoryFields {
  const merged = Object.entries({ ...fields, ...change }).filter(([, value]) => value !== null);
  return directoryFields.parse(Object.fromEntries(merged.filter(([, value]) => value !== undefined)));
}

/** Formats without scripts, recognised by their first bytes. */
const FORMATS = [
  ['image/jpeg', JPG],
  ['image/png', PNG],
  ['image/webp', WEBP],
] as const;

/** Returns the media type of an image; null for other formats. */
export function photoType(bytes: Uint8Array): string | null {
  const format = FORMATS.find(([, { validate }]) => tryOr(() => validate(bytes), false));
  return format?.[0] ?? null;
}

/** Decodes a photo; null where it is no image that is taken, or too large. */
export function decodePhoto(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_PHOTO_BYTES || bytes.toString('base64') !== base64) return null;
  const format = FORMATS.find(([type]) => type === photoType(bytes))?.[1];
  const size = format === undefined ? null : tryOr(() => format.calculate(bytes), null);
  const isFit = (pixels: number) => pixels >= 1 && pixels <= MAX_PHOTO_SIZE;
  return size !== null && isFit(size.width) && isFit(size.height) ? bytes : null;
}
