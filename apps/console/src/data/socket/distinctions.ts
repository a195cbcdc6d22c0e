import { type Extension, pbxIdOfExtension } from '@lampboard/protocol';
import type { PbxNames } from './connection-state.ts';
import { dequal } from 'dequal';

type Extensions = ReadonlyMap<string, Extension>;
type Identity = Pick<Extension, 'id' | 'exten' | 'context'>;

/** Tells an extension from others with its number: by its PBX, by its context where the PBX has the number twice, or by both. */
export interface Distinction {
  /** The name of the PBX; null where all are at one. */
  readonly pbx: string | null;
  /** Null where it is the only one of its PBX. */
  readonly context: string | null;
}
/** By the ids of extensions whose number another one has too. */
export type Distinctions = ReadonlyMap<string, Distinction>;

const NO_DISTINCTIONS: Distinctions = new Map();

function groupBy<K>(extensions: Iterable<Identity>, keyOf: (extension: Identity) => K) {
  const groups = new Map<K, Identity[]>();
  for (const extension of extensions) {
    const key = keyOf(extension);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [extension]);
    else group.push(extension);
  }
  return groups;
}

export function distinctionsIn(extensions: Iterable<Identity>, pbxs: PbxNames): Distinctions {
  const distinctions = new Map<string, Distinction>();
  for (const same of groupBy(extensions, ({ exten }) => exten).values()) {
    if (same.length === 1) continue;
    const byPbx = groupBy(same, pbxIdOfExtension);
    for (const [pbxId, atPbx] of byPbx) {
      const pbx = byPbx.size > 1 ? (pbxs.get(pbxId)?.name ?? pbxId) : null;
      for (const { id, context } of atPbx)
        distinctions.set(id, { pbx, context: atPbx.length > 1 ? context : null });
    }
  }
  return distinctions;
}

/** Finds them again only when extensions are added or removed, or a PBX is renamed. Returns the same map while it is equal. */
export function createDistinctions(): (extensions: Extensions, pbxs: PbxNames) => Distinctions {
  let ids: readonly string[] = [];
  let lastPbxs: PbxNames | null = null;
  let distinctions = NO_DISTINCTIONS;
  return (extensions, pbxs) => {
    if (pbxs !== lastPbxs || ids.length !== extensions.size || ids.some((id) => !extensions.has(id))) {
      ids = [...extensions.keys()];
      lastPbxs = pbxs;
      const next = distinctionsIn(extensions.values(), pbxs);
      if (!dequal(next, distinctions)) distinctions = next;
    }
    return distinctions;
  };
}
