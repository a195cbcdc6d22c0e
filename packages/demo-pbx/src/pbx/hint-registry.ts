import { toBytes } from './bytes.ts';

/**
 * A dialplan hint such as `PJSIP/1101,CustomPresence:1101`: either part may be missing, devices are joined by `&`, the
 * last comma separates. An `exten` that begins with `_` is a pattern, and is never listed.
 */
export interface DemoHint {
  exten: string;
  context: string;
  hint: string;
  /** The hint's name (`PJSIP/1101(Alice)`), and the endpoint's caller id. */
  name?: string;
}

/** A parsed hint; text is bytes. */
export interface Hint {
  readonly exten: string;
  readonly context: string;
  readonly hint: string;
  readonly name: string;
  readonly devices: readonly string[];
  readonly provider: string;
  /** Devices and provider. */
  readonly watched: readonly string[];
}

/** A hint with its last announced state, so that only changes are announced. */
export interface WatchedHint extends Hint {
  status: number;
  presence: string;
}

function parseHint({ exten, context, hint, name = '' }: DemoHint): WatchedHint {
  const comma = hint.lastIndexOf(',');
  const devices = comma < 0 ? hint : hint.slice(0, comma);
  return {
    exten: toBytes(exten),
    context: toBytes(context),
    hint: toBytes(hint),
    name: toBytes(name),
    devices: toBytes(devices).split('&').filter(Boolean),
    provider: comma < 0 ? '' : toBytes(hint.slice(comma + 1)),
    watched: toBytes(hint).split(/[&,]/).filter(Boolean),
    status: 0,
    presence: '',
  };
}

function add(index: Map<string, WatchedHint[]>, key: string, hint: WatchedHint): void {
  const found = index.get(key.toLowerCase());
  if (found) found.push(hint);
  else index.set(key.toLowerCase(), [hint]);
}

/** Indexes hints by extension and by watched name. */
export function createHintRegistry(hints: readonly DemoHint[]) {
  const watched = hints.filter(({ exten }) => !exten.startsWith('_')).map(parseHint);
  const byExtension = new Map<string, WatchedHint>();
  const watchers = new Map<string, WatchedHint[]>();
  for (const hint of watched) {
    byExtension.set(`${hint.exten}@${hint.context}`, hint);
    for (const name of new Set(hint.watched)) add(watchers, name, hint);
  }
  return {
    /** All hints but patterns, in dialplan order. */
    all: () => watched,
    find: (exten: string, context: string) => byExtension.get(`${exten}@${context}`),
    /** The hints that watch a device or a provider. */
    watching: (name: string) => watchers.get(name.toLowerCase()) ?? [],
  };
}
