import type { DirectoryEntry, DirectoryField, DirectoryFields } from '@lampboard/protocol';
import { parseHint } from './hint.ts';
import { kindOfHint } from './kind.ts';

/** Where a field comes from: set here by an administrator, the directory file, or Asterisk. */
export type DirectorySource = 'here' | 'file' | 'asterisk';

export interface ResolvedEntry {
  /** The values that count; absent where no source has one. */
  readonly fields: DirectoryFields;
  readonly sources: Readonly<Partial<Record<DirectoryField, DirectorySource>>>;
}

/** Returns what counts for an extension: of each field the value set here, else the file's, else Asterisk's. */
export function resolveEntry(entry: Omit<DirectoryEntry, 'id' | 'aliasOf'>): ResolvedEntry {
  const layers = [
    ['asterisk', asteriskFields(entry)],
    ['file', entry.file],
    ['here', entry.here],
  ] as const;
  let fields: DirectoryFields = {};
  let sources: ResolvedEntry['sources'] = {};
  for (const [source, layer] of layers) {
    fields = { ...fields, ...layer };
    sources = { ...sources, ...Object.fromEntries(Object.keys(layer).map((field) => [field, source])) };
  }
  return { fields, sources };
}

function asteriskFields({ exten, context, hint, asteriskName }: Omit<DirectoryEntry, 'id' | 'aliasOf'>) {
  return {
    ...(asteriskName !== null && asteriskName !== '' && { name: asteriskName }),
    ...(hint !== null && { kind: kindOfHint(exten, context, parseHint(hint)) }),
  };
}
