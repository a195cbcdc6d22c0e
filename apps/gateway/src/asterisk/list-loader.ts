import type { AmiClient, AmiEvent, AmiResult } from '@lampboard/ami';
import {
  type FullList,
  type HintState,
  type KindCorrection,
  canonicalProvider,
  classifyHints,
  parseHint,
  providerKey,
} from '@lampboard/model';
import { type Presence, extensionId, samePresence } from '@lampboard/protocol';
import type { Phones } from './phones.ts';
import type { PresenceFunction } from './presence-function.ts';
import { parseHintState, parsePresence } from './translate.ts';

/** Truncated texts are read in full for this many providers at a time; each read is a round trip. */
const MAX_CONCURRENT_READS = 50;

type ListedPresence = NonNullable<ReturnType<typeof parsePresence>>;

interface Loaded {
  readonly list: FullList;
  /** All hints of the contexts shown, also those that are no entries of the board. */
  readonly hints: readonly HintState[];
}

/** Lists all hints and presences in Asterisk, and makes entries of the hints. */
export type ListLoader = ReturnType<typeof createListLoader>;

interface ListLoaderOptions {
  pbxId: string;
  ami: Pick<AmiClient, 'list'>;
  phones: Pick<Phones, 'ofAll'>;
  presenceFunction: Pick<PresenceFunction, 'readFull'>;
  contexts: readonly string[] | null;
  /** By the directory. */
  correctionOf: (hint: HintState) => KindCorrection;
}

export function createListLoader(options: ListLoaderOptions) {
  const { pbxId, ami, presenceFunction, phones, contexts, correctionOf } = options;
  const isContextShown = (context: string) => contexts === null || contexts.includes(context);
  let offBoard: ReadonlySet<string> = new Set();

  return {
    /** True if the configuration includes the context. */
    isContextShown,
    /** True for a listed hint that is no entry of the board: hidden, or a further number of another one. */
    isOffBoard: (id: string) => offBoard.has(id),
    /**
     * `updatedDuringList` collects the extensions and providers that events update while the list is loading. Truncated
     * texts are read in full unless `known` returns a text that starts with them.
     */
    async load({
      updatedDuringList,
      known,
    }: {
      updatedDuringList: FullList['updatedDuringList'];
      known: (provider: string) => Presence | null;
    }): Promise<AmiResult<Loaded>> {
      const [extensions, states] = await Promise.all([
        ami.list({ Action: 'ExtensionStateList' }),
        ami.list({ Action: 'PresenceStateList' }),
      ]);
      if (!extensions.ok) return extensions;
      if (!states.ok) return states;
      const hints = extensions.value
        .map(parseHintState)
        .filter((hint) => hint !== null)
        .filter(({ context }) => isContextShown(context));
      const { entries, hidden } = classifyHints(hints, { contexts, correctionOf });
      const withPhones = await phones.ofAll(entries);
      if (!withPhones.ok) return withPhones;
      const further = [...entries, ...hidden].flatMap(({ aliases = [] }) => aliases);
      offBoard = new Set(
        [...hidden, ...further].map(({ exten, context }) => extensionId(exten, context, pbxId)),
      );
      const presences = new Map<string, Presence>();
      const listed = groupByProvider(states.value);
      const providers = new Set(entries.flatMap(({ hint }) => parseHint(hint).provider ?? []));
      const candidates = [...providers].flatMap((provider) => {
        const found = listed.get(providerKey(provider));
        return found === undefined ? [] : [[provider, found] as const];
      });
      for (let index = 0; index < candidates.length; index += MAX_CONCURRENT_READS) {
        const batch = candidates.slice(index, index + MAX_CONCURRENT_READS);
        const resolved = batch.map(([provider, found]) => resolvePresence(found, provider, known));
        for (const [offset, presence] of (await Promise.all(resolved)).entries()) {
          if (!presence.ok) return presence;
          presences.set(batch[offset]?.[0] ?? '', presence.value);
        }
      }
      const list = { kind: 'full-list', entries: withPhones.value, presences, updatedDuringList } as const;
      return { ok: true, value: { list, hints } };
    },
  };

  /** Asterisk lists a provider under each spelling used for it, and not which of them is current. */
  async function resolvePresence(
    candidates: readonly [ListedPresence, ...ListedPresence[]],
    provider: string,
    known: (provider: string) => Presence | null,
  ): Promise<AmiResult<Presence>> {
    const canonical = canonicalProvider(provider);
    const exactMatch = candidates.find((candidate) => canonicalProvider(candidate.provider) === canonical);
    if (exactMatch !== undefined && candidates.length === 1 && !exactMatch.mayBeTruncated)
      return { ok: true, value: exactMatch.presence };
    const cached = known(provider);
    const matchesCached = ({ presence, mayBeTruncated }: ListedPresence) =>
      cached !== null && (mayBeTruncated ? isTruncationOf(cached, presence) : samePresence(cached, presence));
    if (cached !== null && candidates.some(matchesCached)) return { ok: true, value: cached };
    return presenceFunction.readFull(provider, (exactMatch ?? candidates[0]).presence);
  }
}

function groupByProvider(items: readonly AmiEvent[]): Map<string, [ListedPresence, ...ListedPresence[]]> {
  const listed = new Map<string, [ListedPresence, ...ListedPresence[]]>();
  for (const item of items.map(parsePresence)) {
    if (item === null) continue;
    const key = providerKey(item.provider);
    const others = listed.get(key);
    if (others === undefined) listed.set(key, [item]);
    else others.push(item);
  }
  return listed;
}

/** A text truncated inside a character ends in U+FFFD. */
function isTruncationOf(full: Presence, truncated: Presence): boolean {
  const startsWith = (text: string, start: string) => text.startsWith(start.replace(/\uFFFD+$/u, ''));
  return (
    full.state === truncated.state &&
    startsWith(full.subtype, truncated.subtype) &&
    startsWith(full.message, truncated.message)
  );
}
