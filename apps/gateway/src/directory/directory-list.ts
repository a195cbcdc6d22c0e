import { type HintState, classifyHints } from '@lampboard/model';
import { type DirectoryEntry, extensionId, pbxIdOf } from '@lampboard/protocol';
import type { DirectorySources } from './directory-sources.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { HintStore, KnownHint } from './hint-store.ts';

interface DirectoryListOptions {
  /** With their contexts in the order of preference; null for all. */
  pbxs: readonly { readonly id: string; readonly contexts: readonly string[] | null }[];
  sources: Pick<DirectorySources, 'of' | 'fieldsOf'>;
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

/** Something is set here of an extension that Asterisk has no longer. */
function goneEntry(id: string, pbxId: string, here: DirectoryEntry['here']): DirectoryEntry {
  const address = id.slice(extensionId('', '', pbxId).length - 1);
  const separator = address.lastIndexOf('@');
  const [exten, context] = [address.slice(0, separator), address.slice(separator + 1)];
  return { id, exten, context, hint: null, aliasOf: null, asteriskName: null, file: {}, here };
}
