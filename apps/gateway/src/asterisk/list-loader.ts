import type { AmiClient, AmiEvent, AmiResult } from '@lampboard/ami';
import { type Fact, canonicalProvider, parseHint, providerKey } from '@lampboard/model';
import { type Presence, samePresence } from '@lampboard/protocol';
import type { JoinedPhones } from './joined-phones.ts';
import type { PresenceFunction } from './presence-function.ts';
import { parseHintState, parsePresence } from './translate.ts';

/** Truncated texts are read in full for this many providers at a time; each read is a round trip. */
const MAX_CONCURRENT_READS = 50;

type Listed = Extract<Fact, { kind: 'full-list' }>;
type ListedPresence = NonNullable<ReturnType<typeof parsePresence>>;

/** Lists all hints and presences in Asterisk. */
export type ListLoader = ReturnType<typeof createListLoader>;

interface ListLoaderOptions {
  ami: Pick<AmiClient, 'list'>;
  phones: Pick<JoinedPhones, 'ofAll'>;
  presenceFunction: Pick<PresenceFunction, 'readFull'>;
  contexts: readonly string[] | null;
}

export function createListLoader({ ami, presenceFunction, phones, contexts }: ListLoaderOptions) {
  const isContextShown = (context: string) => contexts === null || contexts.includes(context);

  return {
    /** True if the configuration includes the context. */
    isContextShown,
    /**
     * `updatedDuringList` collects the extensions and providers that events update while the list is loading. Truncated
     * texts are read in full unless `known` returns a text that starts with them.
     */
    async load({
      updatedDuringList,
      known,
    }: {
      updatedDuringList: ReadonlySet<string>;
      known: (provider: string) => Presence | null;
    }): Promise<AmiResult<Listed>> {
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
      const withPhones = await phones.ofAll(hints);
      if (!withPhones.ok) return withPhones;
      const presences = new Map<string, Presence>();
      const listed = groupByProvider(states.value);
      const presenceFunction = new Set(hints.flatMap(({ hint }) => parseHint(hint).provider ?? []));
      const candidates = [...presenceFunction].flatMap((provider) => {
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
      const value = { kind: 'full-list', hints: withPhones.value, presences, updatedDuringList } as const;
      return { ok: true, value };
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
