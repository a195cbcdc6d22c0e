import { createHash } from 'node:crypto';
import {
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

  function write(id: string, fields: DirectoryFields): void {
    put.run(id, JSON.stringify(fields));
  }

  return {
    /** Entries without fields are among them. */
    all: (): ReadonlyMap<string, DirectoryFields> => entries,
    get: (id: string): DirectoryFields => entries.get(id) ?? NO_FIELDS,
    /** Changes all of these extensions, or none. */
    save(patches: ReadonlyMap<string, DirectoryPatch>) {
      transaction(db, () => {
        for (const [id, patch] of patches) write(id, applyPatch(entries.get(id), patch));
        deleteUnusedPhotos.run();
      });
      refresh();
    },
    setPhoto(id: string, bytes: Uint8Array) {
      const photo = createHash('sha256').update(bytes).digest('base64url');
      transaction(db, () => {
        putPhoto.run(photo, bytes);
        write(id, { ...entries.get(id), photo });
        deleteUnusedPhotos.run();
      });
      refresh();
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

/** Without the fields that are taken back. */
function applyPatch(fields: DirectoryFields = NO_FIELDS, patch: DirectoryPatch): DirectoryFields {
  const merged = Object.entries({ ...fields, ...patch }).filter(([, value]) => value !== null);
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
