import type { Change, Delta, Extension, LinkStatus, PbxInfo, Snapshot } from '@lampboard/protocol';

/** The replicated board: the gateway's, and each client's copy of it. */
export interface Board {
  readonly epoch: string;
  readonly seq: number;
  readonly pbx: PbxInfo;
  readonly link: LinkStatus;
  readonly extensions: ReadonlyMap<string, Extension>;
}

/** A board that owns its map of extensions. */
export interface MutableBoard extends Board {
  readonly extensions: Map<string, Extension>;
}

export function boardFromSnapshot({ epoch, seq, pbx, link, extensions }: Snapshot): MutableBoard {
  return {
    epoch,
    seq,
    pbx,
    link,
    extensions: new Map(extensions.map((extension) => [extension.id, extension])),
  };
}

/** `time`: the gateway's clock, in milliseconds since 1970. */
export function toSnapshot({ epoch, seq, pbx, link, extensions }: Board, time: number): Snapshot {
  return { epoch, seq, time, pbx, link, extensions: [...extensions.values()] };
}

export type ExtensionChange = Exclude<Change, { kind: 'link' }>;

export function changedId(change: ExtensionChange): string {
  return change.kind === 'put' ? change.extension.id : change.id;
}

/** Returns the extension after a change; undefined where the change removes it or it does not exist. */
export function changeExtension(
  extension: Extension | undefined,
  change: ExtensionChange,
): Extension | undefined {
  switch (change.kind) {
    case 'put':
      return change.extension;
    case 'remove':
      return undefined;
    case 'lamp':
      return extension && { ...extension, lamp: change.lamp, lampSince: change.since };
    case 'presence': {
      const { presence, since: presenceSetAt, setBy: presenceSetBy, returnTime } = change;
      return extension && { ...extension, presence, presenceSetAt, presenceSetBy, returnTime };
    }
    case 'phone':
      return extension && { ...extension, phone: change.phone };
    case 'person':
      return extension && { ...extension, person: change.person };
  }
}

/** Applies changes in place, since copying thousands of extensions costs more; returns the board one `seq` later. */
export function commitChanges(board: MutableBoard, changes: readonly Change[]): MutableBoard {
  let { link } = board;
  for (const change of changes) {
    if (change.kind === 'link') {
      link = change.link;
      continue;
    }
    const id = changedId(change);
    const extension = changeExtension(board.extensions.get(id), change);
    if (extension === undefined) board.extensions.delete(id);
    else board.extensions.set(id, extension);
  }
  return { ...board, seq: board.seq + 1, link };
}

type ApplyResult<B extends Board> =
  | { readonly kind: 'applied'; readonly board: B }
  /** A duplicate: the board stays as it is. */
  | { readonly kind: 'stale' }
  /** Deltas are missing, or belong to another epoch: only a new snapshot helps. */
  | { readonly kind: 'gap' };

/** Applies a delta in place. */
export function commitDelta(board: MutableBoard, delta: Delta): ApplyResult<MutableBoard> {
  if (delta.epoch !== board.epoch || delta.seq > board.seq + 1) return { kind: 'gap' };
  if (delta.seq <= board.seq) return { kind: 'stale' };
  return { kind: 'applied', board: commitChanges(board, delta.changes) };
}

/** Applies a delta to a copy of the board. */
export function applyDelta(board: Board, delta: Delta): ApplyResult<Board> {
  return commitDelta({ ...board, extensions: new Map(board.extensions) }, delta);
}
