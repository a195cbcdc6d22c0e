import type { AmiClient, AmiEvent, AmiResult } from '@lampboard/ami';
import { type Fact, canonicalProvider, parseHint, providerKey } from '@lampboard/model';
import { type Presence, samePresence } from '@lampboard/protocol';
import type { Phones } from './phones.ts';
import type { PresenceStore } from './presence-store.ts';
import { parseHintState, parsePresence } from './translate.ts';

/** Texts that a list cuts are read in full, so many providers at a time: on a distant line each takes a round trip. */
const MAX_CONCURRENT_READS = 50;

type Listed = Extract<Fact, { kind: 'full-list' }>;
type ListedPresence = NonNullable<ReturnType<typeof parsePresence>>;

/** Lists all hints and presences as Asterisk has them now. */
export interface SnapshotLoader {
  /** False for contexts that the configuration leaves out. */
  isContextShown(context: string): boolean;
  /**
   * `newer` collects, while the list is on its way, the extensions and providers of which something was heard live.
   * Texts that lists cut are read in full, unless `known` has one that begins like it.
   */
  load(options: {
    updatedDuringList: ReadonlySet<string>;
    known: (provider: string) => Presence | null;
  }): Promise<AmiResult<Listed>>;
}

export function createSnapshotLoader({
  ami,
  store,
  phones,
  contexts,
}: {
  ami: Pick<AmiClient, 'list'>;
  phones: Pick<Phones, 'ofAll'>;
  store: Pick<PresenceStore, 'readFull'>;
  contexts: readonly string[] | null;
}): SnapshotLoader {
  const isContextShown = (context: string) => contexts === null || contexts.includes(context);

  return {
    isContextShown,
    async load({ updatedDuringList, known }) {
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
      const providers = [...new Set(hints.map(({ hint }) => parseHint(hint).provider))];
      for (let index = 0; index < providers.length; index += MAX_CONCURRENT_READS) {
        const batch = providers.slice(index, index + MAX_CONCURRENT_READS);
        const read = await Promise.all(batch.map((provider) => presenceOfProvider(provider, listed, known)));
        for (const [offset, presence] of read.entries()) {
          const provider = batch[offset];
          if (presence === null || !provider) continue;
          if (!presence.ok) return presence;
          presences.set(provider, presence.value);
        }
      }
      return {
        ok: true,
        value: { kind: 'full-list', hints: withPhones.value, presences, updatedDuringList },
      };
    },
  };

  async function presenceOfProvider(
    provider: string | null,
    listed: ReturnType<typeof groupByProvider>,
    known: (provider: string) => Presence | null,
  ): Promise<AmiResult<Presence> | null> {
    const candidates = provider === null ? undefined : listed.get(providerKey(provider));
    return provider === null || candidates === undefined
      ? null
      : resolvePresence(candidates, provider, known);
  }

  /** Asterisk lists a provider under each way in which it was written, and not which of them was told last. */
  async function resolvePresence(
    candidates: readonly [ListedPresence, ...ListedPresence[]],
    provider: string,
    known: (provider: string) => Presence | null,
  ): Promise<AmiResult<Presence>> {
    const exactMatch = candidates.find(
      (one) => canonicalProvider(one.provider) === canonicalProvider(provider),
    );
    if (exactMatch !== undefined && candidates.length === 1 && !exactMatch.mayBeTruncated)
      return { ok: true, value: exactMatch.presence };
    const cached = known(provider);
    const matchesCached = ({ presence, mayBeTruncated: mayBeCut }: ListedPresence) =>
      cached !== null && (mayBeCut ? isTruncationOf(cached, presence) : samePresence(cached, presence));
    if (cached !== null && candidates.some(matchesCached)) return { ok: true, value: cached };
    return store.readFull(provider, (exactMatch ?? candidates[0]).presence);
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

/** A list may end a text inside a character, which then reads as U+FFFD. */
function isTruncationOf(full: Presence, truncated: Presence): boolean {
  const startsWith = (text: string, start: string) => text.startsWith(start.replace(/\uFFFD+$/u, ''));
  return (
    full.state === truncated.state &&
    startsWith(full.subtype, truncated.subtype) &&
    startsWith(full.message, truncated.message)
  );
}
