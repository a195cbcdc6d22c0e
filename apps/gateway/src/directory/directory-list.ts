import { type HintState, classifyHints } from '@lampboard/model';
import { type DirectoryEntry, type UnmatchedLine, extensionId, pbxIdOf } from '@lampboard/protocol';
import { directoryKeys } from './directory-csv.ts';
import type { DirectorySources } from './directory-sources.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { HintStore, KnownHint } from './hint-store.ts';

interface DirectoryListOptions {
  /** With their contexts in the order of preference; null for all. */
  pbxs: readonly { readonly id: string; readonly contexts: readonly string[] | null }[];
  sources: Pick<DirectorySources, 'of' | 'fieldsOf' | 'unmatched'>;
  hints: Pick<HintStore, 'list'>;
  store: Pick<DirectoryStore, 'all'>;
}

/** Lists every hint of Asterisk, and every extension of which something is set here. */
export function listDirectory({ pbxs, sources, hints, store }: DirectoryListOptions): DirectoryEntry[] {
  const listed = pbxs.flatMap(({ id, contexts }) => listPbx(id, contexts));
  const ids = new Set(listed.map(({ id }) => id));
  const pbxIds = pbxs.map(({ id }) => id);
  const gone = [...store.all()]
    .filter(([id, here]) => !ids.has(id) && Object.keys(here).length > 0)
    .map(([id, here]) => goneEntry(id, pbxIdOf(id, pbxIds), here));
  return [...listed, ...gone];

  function listPbx(pbxId: string, contexts: readonly string[] | null): DirectoryEntry[] {
    const known = hints.list(pbxId);
    const idOf = ({ exten, context }: Pick<KnownHint, 'exten' | 'context'>) =>
      extensionId(exten, context, pbxId);
    const states = known.map((hint): HintState => ({ ...hint, status: 0 }));
    const { entries, hidden } = classifyHints(states, {
      contexts,
      correctionOf: (hint) => sources.fieldsOf(hint, pbxId),
    });
    const aliasOf = new Map(
      [...entries, ...hidden].flatMap((entry) =>
        (entry.aliases ?? []).map((alias) => [idOf(alias), idOf(entry)] as const),
      ),
    );
    return known.map(({ exten, context, hint, name }) => {
      const id = extensionId(exten, context, pbxId);
      return {
        id,
        exten,
        context,
        hint,
        aliasOf: aliasOf.get(id) ?? null,
        asteriskName: name,
        ...sources.of({ exten, context }, pbxId),
      };
    });
  }
}

/** Returns the rows of the file that match no hint; none while a PBX has no hints, as before its dialplan is loaded. */
export function listUnmatched({
  pbxs,
  sources,
  hints,
}: Omit<DirectoryListOptions, 'store'>): UnmatchedLine[] {
  const hintsByPbx = pbxs.map(({ id }) => ({ id, known: hints.list(id) }));
  if (hintsByPbx.some(({ known }) => known.length === 0)) return [];
  return sources.unmatched(
    hintsByPbx.flatMap(({ id, known }) => known.flatMap((hint) => directoryKeys(hint, id))),
  );
}

/** Something is set here of an extension that Asterisk has no longer. */
function goneEntry(id: string, pbxId: string, here: DirectoryEntry['here']): DirectoryEntry {
  const address = id.slice(extensionId('', '', pbxId).length - 1);
  const separator = address.lastIndexOf('@');
  const [exten, context] = [address.slice(0, separator), address.slice(separator + 1)];
  return { id, exten, context, hint: null, aliasOf: null, asteriskName: null, file: {}, here };
}
