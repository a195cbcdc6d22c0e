import type { HintState } from '@lampboard/model';
import { type DirectoryFields, ONLY_PBX, type UnmatchedLine, extensionId } from '@lampboard/protocol';
import { type Directory, fieldsOf } from './directory-csv.ts';
import type { DirectoryFile } from './directory-file.ts';
import type { DirectoryStore } from './directory-store.ts';

type Numbered = Pick<HintState, 'exten' | 'context'>;

/** Directory entries of the file and of administrators. */
export interface DirectorySources {
  /** Returns what each source says of one extension. */
  of(hint: Numbered, pbxId: string): { readonly file: DirectoryFields; readonly here: DirectoryFields };
  /** Returns what counts: of each field the value set here, else the file's. */
  fieldsOf(hint: Numbered, pbxId: string): DirectoryFields;
  /** Subscribes to changes; returns the unsubscribe function. */
  onChange(listener: () => void): () => void;
  /** Returns the rows of the file that match none of these names of extensions. */
  unmatched(known: readonly string[]): UnmatchedLine[];
  /** Logs the lines of the file that match no hint of any PBX, once after each read. */
  check(pbxId: string, hints: readonly HintState[]): void;
}

/** Nothing is known of any extension. */
export const NO_SOURCES: DirectorySources = {
  of: () => ({ file: {}, here: {} }),
  fieldsOf: () => ({}),
  onChange: () => () => {},
  unmatched: () => [],
  check: () => {},
};

interface DirectorySourcesOptions {
  file: Pick<DirectoryFile, 'current' | 'onReload' | 'unmatched' | 'check'>;
  store: Pick<DirectoryStore, 'get' | 'onChange'>;
  /** Built-in entries of each PBX, which those of the file replace. */
  builtIn: ReadonlyMap<string, Directory>;
}

export function createDirectorySources({ file, store, builtIn }: DirectorySourcesOptions): DirectorySources {
  function of(hint: Numbered, pbxId: string) {
    const { deputy, ...fields } = {
      ...fieldsOf(builtIn.get(pbxId) ?? new Map(), hint, pbxId),
      ...fieldsOf(file.current(), hint, pbxId),
    };
    return {
      file: deputy === undefined ? fields : { ...fields, deputy: deputyId(deputy, hint, pbxId) },
      here: store.get(extensionId(hint.exten, hint.context, pbxId)),
    };
  }

  return {
    of,
    fieldsOf(hint, pbxId) {
      const { file: fromFile, here } = of(hint, pbxId);
      return { ...fromFile, ...here };
    },
    onChange(listener) {
      const unsubscribes = [file.onReload(listener), store.onChange(listener)];
      return () => {
        for (const unsubscribe of unsubscribes) unsubscribe();
      };
    },
    unmatched: file.unmatched,
    check: file.check,
  };
}

/** Returns the id of a deputy, whose number is in the context of its person unless it names another. */
export function deputyId(text: string, { context }: Numbered, pbxId: string): string {
  if (!text.includes('@')) return extensionId(text, context, pbxId);
  return pbxId === ONLY_PBX || text.includes('/') ? text : `${pbxId}/${text}`;
}
