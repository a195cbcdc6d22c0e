import { type Aliases, type Board, linkOf } from '@lampboard/model';
import { type Extension, type LinkStatus, ONLY_PBX, type Pbx, pbxIdOf } from '@lampboard/protocol';
import type { CallsByExtension } from './call-index.ts';

export type DownReason =
  | 'connecting'
  /** The connection broke or timed out. */
  | 'lost'
  /** The browser reports no network. */
  | 'offline'
  /** A message of the gateway is invalid: page and gateway have different versions. */
  | 'incompatible';

/** The connection to the gateway; `since` is in milliseconds since 1970 by the browser's clock. */
export type Connection =
  | { readonly state: 'connected' }
  | Readonly<{ state: 'down'; since: number; reason: DownReason; failures: number }>;

export interface LiveState {
  /** Null before the first snapshot; the last known board while disconnected. Its extensions change in place. */
  readonly board: Board | null;
  /** The same map until a number of an entry has changed. */
  readonly aliases: Aliases;
  readonly callsByExtension: CallsByExtension;
  readonly connection: Connection;
  /** Milliseconds by which the gateway's clock is ahead of the browser's. */
  readonly clockOffset: number;
}

/** The link of the gateway to Asterisk; undefined before the first snapshot. */
export const asteriskLink = ({ board }: LiveState): LinkStatus | undefined =>
  board === null ? undefined : linkOf(board.pbxs.values());

/** Names and colours of several PBXs, by id; empty for a single one. */
export type PbxNames = ReadonlyMap<string, Pick<Pbx, 'id' | 'name' | 'colour'>>;

export const NO_NAMES: PbxNames = new Map();

export function pbxNamesOf({ board }: LiveState): PbxNames {
  if (board === null || board.pbxs.size < 2) return NO_NAMES;
  return new Map(Array.from(board.pbxs.values(), ({ id, name, colour }) => [id, { id, name, colour }]));
}

/** Since when each PBX is not live, in milliseconds since 1970 by the gateway's clock; null for those that are. */
export type Outages = ReadonlyMap<string, number | null>;

/** Nothing is known yet, so nothing is live. */
const NOTHING_LIVE: Outages = new Map([[ONLY_PBX, 0]]);

export const outagesOf = (state: LiveState): Outages => outagesBy(state, ({ link }) => [link]);

/** Since when the calls of each PBX are not live. */
export const callOutagesOf = (state: LiveState): Outages =>
  outagesBy(state, ({ link, callsLink }) => (callsLink === undefined ? [link] : [link, callsLink]));

function outagesBy(
  { board, connection, clockOffset }: LiveState,
  linksOf: (pbx: Pbx) => readonly LinkStatus[],
): Outages {
  const page = connection.state === 'down' ? connection.since + clockOffset : null;
  if (board === null) return page === null ? NOTHING_LIVE : new Map([[ONLY_PBX, page]]);
  // The account may see none.
  if (board.pbxs.size === 0) return new Map([[ONLY_PBX, page]]);
  return new Map(
    Array.from(board.pbxs.values(), (pbx) => [
      pbx.id,
      earliest([page, ...linksOf(pbx).map((link) => (link.state === 'down' ? link.since : null))]),
    ]),
  );
}

/** Returns since when the PBX of an extension is not live, or else the first of all that are not; null if it is live. */
export function outageSince(outages: Outages, id?: string): number | null {
  const since = id === undefined ? undefined : outages.get(pbxIdOf(id, outages.keys()));
  return since === undefined ? earliest(outages.values()) : since;
}

function earliest(timestamps: Iterable<number | null>): number | null {
  const known = Array.from(timestamps).filter((timestamp) => timestamp !== null);
  return known.length === 0 ? null : Math.min(...known);
}

export const offlineSince = (state: LiveState, id?: string): number | null =>
  outageSince(outagesOf(state), id);

/** Returns since when no PBX is live, which stops the clock of values of the whole board; null while any is. */
export function allDownSince(outages: Outages): number | null {
  const timestamps = [...outages.values()];
  const known = timestamps.filter((timestamp) => timestamp !== null);
  return known.length < timestamps.length ? null : Math.max(...known);
}

/** Returns the PBXs of these extensions that are not live. */
function downPbxIds(outages: Outages, ids: readonly string[]): readonly string[] {
  if ([...outages.values()].every((since) => since === null)) return [];
  const pbxIds = new Set(ids.map((id) => pbxIdOf(id, outages.keys())));
  return [...outages].filter(([pbxId, since]) => since !== null && pbxIds.has(pbxId)).map(([pbxId]) => pbxId);
}

/** True if the PBXs of all these extensions are live; without extensions, if all are. */
export const areLive = (outages: Outages, ids: readonly string[]): boolean =>
  ids.length === 0 ? outageSince(outages) === null : downPbxIds(outages, ids).length === 0;

/** Those of a group whose states count. */
interface Countable<T> {
  readonly counted: readonly T[];
  /** The PBXs of the others. */
  readonly uncounted: readonly string[];
  readonly isLastKnown: boolean;
}

/** Leaves out the extensions of PBXs that are down. If that is all of them, they count, as last known. */
export function countable<T extends Pick<Extension, 'id'>>(
  outages: Outages,
  extensions: readonly T[],
): Countable<T> {
  const down = new Set(
    downPbxIds(
      outages,
      extensions.map(({ id }) => id),
    ),
  );
  if (down.size === 0) return { counted: extensions, uncounted: [], isLastKnown: false };
  const counted = extensions.filter(({ id }) => !down.has(pbxIdOf(id, outages.keys())));
  return counted.length === 0
    ? { counted: extensions, uncounted: [], isLastKnown: true }
    : { counted, uncounted: [...down], isLastKnown: false };
}

/** True if the board, or the given extension on it, shows the current state of Asterisk. */
export const isLive = (state: LiveState, id?: string): boolean => offlineSince(state, id) === null;

const NO_EXTENSIONS: ReadonlyMap<string, Extension> = new Map();

export const extensionsOf = ({ board }: LiveState): ReadonlyMap<string, Extension> =>
  board?.extensions ?? NO_EXTENSIONS;

/** True where a PBX of the board shows its calls. */
export const hasCallsLink = ({ board }: LiveState): boolean =>
  [...(board?.pbxs.values() ?? [])].some(({ callsLink }) => callsLink !== undefined);
