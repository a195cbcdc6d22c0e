import type { DirectoryEntry, Failure } from '@lampboard/protocol';
import type { CommandHandlers } from '../auth/dispatcher.ts';
import { DONE, failure } from '../platform/failure.ts';
import { parseDirectory } from './directory-csv.ts';
import { type ImportPlan, exportDirectory, planImport } from './directory-import.ts';
import { listDirectory, listUnmatched } from './directory-list.ts';
import type { DirectorySources } from './directory-sources.ts';
import { type DirectoryStore, decodePhoto } from './directory-store.ts';
import type { HintStore } from './hint-store.ts';

const unknownExtension = (id: string) =>
  failure('unknown-extension', `Asterisk has no hint ${id}. Nothing was changed.`);
const INVALID_PHOTO = failure(
  'invalid-photo',
  'The photo is not a PNG, JPEG or WebP image of at most 64 kB and 1,024 pixels. Nothing was changed.',
);
const ENTRY_CHANGED = failure(
  'entry-changed',
  'Someone else has changed this entry in the meantime. Your changes were not saved; compare, then save again.',
);

interface DirectoryServiceOptions {
  pbxs: readonly { readonly id: string; readonly contexts: readonly string[] | null }[];
  sources: DirectorySources;
  store: DirectoryStore;
  hints: HintStore;
}

/** The directory as administrators see and change it. */
export function createDirectoryService({ pbxs, sources, store, hints }: DirectoryServiceOptions) {
  const origins = { pbxs, sources, hints };
  const list = () => listDirectory({ ...origins, store });
  const find = (id: string): DirectoryEntry | undefined => list().find((entry) => entry.id === id);

  function plan(text: string): ImportPlan | Failure {
    const parsed = parseDirectory(text);
    if (!parsed.ok) return failure('invalid-table', `The file ${parsed.problem} Nothing was changed.`);
    return planImport({ parsed, entries: list(), pbxIds: pbxs.map(({ id }) => id) });
  }

  return {
    /** Yields the directory as CSV. */
    exportCsv: () => exportDirectory(list()),
    photo: store.photo,
    commands: {
      'list-directory': () => ({ ok: true, value: { entries: list(), unmatched: listUnmatched(origins) } }),
      'save-directory-entry'({ id, patch, base }) {
        const entries = new Map(list().map((entry) => [entry.id, entry]));
        const { deputy } = patch;
        if (!entries.has(id)) return unknownExtension(id);
        const personOf = (number: string) => entries.get(number)?.aliasOf ?? number;
        if (deputy && (personOf(deputy) === personOf(id) || !entries.has(deputy)))
          return unknownExtension(deputy);
        return store.save(new Map([[id, patch]]), base) ? DONE : ENTRY_CHANGED;
      },
      'set-directory-photo'({ id, photo, base }) {
        if (find(id) === undefined) return unknownExtension(id);
        const bytes = decodePhoto(photo);
        if (bytes === null) return INVALID_PHOTO;
        return store.setPhoto(id, bytes, base) ? DONE : ENTRY_CHANGED;
      },
      'preview-directory-import'({ text }) {
        const planned = plan(text);
        if ('ok' in planned) return planned;
        const { changes, unchanged, problems } = planned;
        return { ok: true, value: { changes, unchanged, problems } };
      },
      'import-directory'({ text }) {
        const planned = plan(text);
        if ('ok' in planned) return planned;
        if (planned.patches.size > 0) store.save(planned.patches);
        return { ok: true, value: planned.patches.size };
      },
    } satisfies Partial<CommandHandlers>,
  };
}
