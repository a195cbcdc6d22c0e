import type { Delta, Change, Extension, LinkStatus, PbxInfo, Snapshot } from '@lampboard/protocol';

/** The same board on both sides of the wire: the gateway's, and each console's copy of it. */
export interface Board {
  readonly epoch: string;
  readonly seq: number;
  readonly pbx: PbxInfo;
  readonly link: LinkStatus;
  readonly extensions: ReadonlyMap<string, Extension>;
}

/** Its rows are a map of its own, which may be changed in place. */
export function boardFromSnapshot({
  epoch,
  seq,
  pbx,
  link,
  extensions,
}: Snapshot): Board & { readonly extensions: Map<string, Extension> } {
  return {
    epoch,
    seq,
    pbx,
    link,
    extensions: new Map(extensions.map((extension) => [extension.id, extension])),
  };
}

/** `time`: now by the gateway's clock, in milliseconds since 1970. */
export function toSnapshot({ epoch, seq, pbx, link, extensions }: Board, time: number): Snapshot {
  return { epoch, seq, time, pbx, link, extensions: [...extensions.values()] };
}

/** A board that changes are made in, on its way to be the next one. */
export interface BoardBuilder {
  readonly extensions: ReadonlyMap<string, Extension>;
  /** Makes one change; one for a row that is not there is none. */
  apply(change: Change): void;
  /** The board one `seq` later. */
  build(): Board;
}

/** `rows` are those of the board, and are changed in place. */
export function createBoardBuilder(board: Board, extensions: Map<string, Extension>): BoardBuilder {
  let { link } = board;

  function patch(id: string, fields: Partial<Extension>): void {
    const extension = extensions.get(id);
    if (extension !== undefined) extensions.set(id, { ...extension, ...fields });
  }

  return {
    extensions,
    apply(change) {
      switch (change.kind) {
        case 'put':
          extensions.set(change.extension.id, change.extension);
          return;
        case 'remove':
          extensions.delete(change.id);
          return;
        case 'lamp':
          patch(change.id, { lamp: change.lamp, lampSince: change.since });
          return;
        case 'presence':
          patch(change.id, {
            presence: change.presence,
            presenceSetAt: change.since,
            presenceSetBy: change.setBy,
            returnTime: change.returnTime,
          });
          return;
        case 'phone':
          patch(change.id, { phone: change.phone });
          return;
        case 'person':
          patch(change.id, { person: change.person });
          return;
        case 'link':
          link = change.link;
      }
    },
    build: () => ({ ...board, seq: board.seq + 1, link, extensions }),
  };
}

type ApplyResult =
  | { readonly kind: 'applied'; readonly board: Board }
  /** The frame was seen before; the board stays as it is. */
  | { readonly kind: 'stale' }
  /** Frames are missing, or belong to another epoch: only a fresh snapshot helps. */
  | { readonly kind: 'gap' };

/** `rows` are those of the board, and are changed in place: a copy of thousands would cost more than the frame. */
export function applyDelta(board: Board, delta: Delta, extensions = new Map(board.extensions)): ApplyResult {
  if (delta.epoch !== board.epoch || delta.seq > board.seq + 1) return { kind: 'gap' };
  if (delta.seq <= board.seq) return { kind: 'stale' };
  const builder = createBoardBuilder(board, extensions);
  for (const change of delta.changes) builder.apply(change);
  return { kind: 'applied', board: builder.build() };
}
