import type { ExtensionRow, LinkStatus, PbxInfo, Snapshot } from '@lampboard/protocol';

/** The same board on both sides of the wire: the gateway's, and each console's copy of it. */
export interface Board {
  readonly epoch: string;
  readonly seq: number;
  readonly pbx: PbxInfo;
  readonly link: LinkStatus;
  readonly rows: ReadonlyMap<string, ExtensionRow>;
}

/** Its rows are a map of its own, which may be changed in place. */
export function boardOfSnapshot({
  epoch,
  seq,
  pbx,
  link,
  rows,
}: Snapshot): Board & { readonly rows: Map<string, ExtensionRow> } {
  return { epoch, seq, pbx, link, rows: new Map(rows.map((row) => [row.id, row])) };
}

/** `time`: now by the gateway's clock, in milliseconds since 1970. */
export function snapshotOf({ epoch, seq, pbx, link, rows }: Board, time: number): Snapshot {
  return { epoch, seq, time, pbx, link, rows: [...rows.values()] };
}
