import type { AmiClient, AmiEvent, AmiResult } from '@lampboard/ami';
import { type Fact, canonicalProvider, parseHint, providerKey } from '@lampboard/board';
import { type Presence, samePresence } from '@lampboard/protocol';
import type { Phones } from './phones.ts';
import type { PresenceStore } from './presence-store.ts';
import { hintFactOf, presenceOf } from './translate.ts';

/** Texts that a list cuts are read in full, so many providers at a time: on a distant line each takes a round trip. */
const MAX_CONCURRENT_READS = 50;

type Listed = Extract<Fact, { kind: 'listed' }>;
type ListedPresence = NonNullable<ReturnType<typeof presenceOf>>;

/** Lists all hints and presences as Asterisk has them now. */
export interface Lister {
  /** False for contexts that the configuration leaves out. */
  isShown(context: string): boolean;
  /**
   * `newer` collects, while the list is on its way, the extensions and providers of which something was heard live.
   * Texts that lists cut are read in full, unless `known` has one that begins like it.
   */
  list(options: {
    newer: ReadonlySet<string>;
    known: (provider: string) => Presence | null;
  }): Promise<AmiResult<Listed>>;
}

export function createLister({
  ami,
  store,
  phones,
  contexts,
}: {
  ami: Pick<AmiClient, 'list'>;
  phones: Pick<Phones, 'ofAll'>;
  store: Pick<PresenceStore, 'readOr'>;
  contexts: readonly string[] | null;
}): Lister {
  const isShown = (context: string) => contexts === null || contexts.includes(context);

  return {
    isShown,
    async list({ newer, known }) {
      const [extensions, states] = await Promise.all([
        ami.list({ Action: 'ExtensionStateList' }),
        ami.list({ Action: 'PresenceStateList' }),
      ]);
      if (!extensions.ok) return extensions;
      if (!states.ok) return states;
      const hints = extensions.value
        .map(hintFactOf)
        .filter((hint) => hint !== null)
        .filter(({ context }) => isShown(context));
      const withPhones = await phones.ofAll(hints);
      if (!withPhones.ok) return withPhones;
      const presences = new Map<string, Presence>();
      const listed = byKey(states.value);
      const providers = [...new Set(hints.map(({ hint }) => parseHint(hint).provider))];
      for (let index = 0; index < providers.length; index += MAX_CONCURRENT_READS) {
        const batch = providers.slice(index, index + MAX_CONCURRENT_READS);
        const read = await Promise.all(batch.map((provider) => presenceOfProvider(provider, listed, known)));
        for (const [at, presence] of read.entries()) {
          const provider = batch[at];
          if (presence === null || !provider) continue;
          if (!presence.ok) return presence;
          presences.set(provider, presence.value);
        }
      }
      return { ok: true, value: { kind: 'listed', hints: withPhones.value, presences, newer } };
    },
  };

  async function presenceOfProvider(
    provider: string | null,
    listed: ReturnType<typeof byKey>,
    known: (provider: string) => Presence | null,
  ): Promise<AmiResult<Presence> | null> {
    const candidates = provider === null ? undefined : listed.get(providerKey(provider));
    return provider === null || candidates === undefined ? null : presenceAmong(candidates, provider, known);
  }

  /** Asterisk lists a provider under each way in which it was written, and not which of them was told last. */
  async function presenceAmong(
    candidates: readonly [ListedPresence, ...ListedPresence[]],
    provider: string,
    known: (provider: string) => Presence | null,
  ): Promise<AmiResult<Presence>> {
    const same = candidates.find((one) => canonicalProvider(one.provider) === canonicalProvider(provider));
    if (same !== undefined && candidates.length === 1 && !same.mayBeCut)
      return { ok: true, value: same.presence };
    const before = known(provider);
    const isLike = ({ presence, mayBeCut }: ListedPresence) =>
      before !== null && (mayBeCut ? beginsLike(before, presence) : samePresence(before, presence));
    if (before !== null && candidates.some(isLike)) return { ok: true, value: before };
    return store.readOr(provider, (same ?? candidates[0]).presence);
  }
}

function byKey(items: readonly AmiEvent[]): Map<string, [ListedPresence, ...ListedPresence[]]> {
  const listed = new Map<string, [ListedPresence, ...ListedPresence[]]>();
  for (const item of items.map(presenceOf)) {
    if (item === null) continue;
    const key = providerKey(item.provider);
    const others = listed.get(key);
    if (others === undefined) listed.set(key, [item]);
    else others.push(item);
  }
  return listed;
}

/** A list may end a text inside a character, which then reads as U+FFFD. */
function beginsLike(full: Presence, cut: Presence): boolean {
  const begins = (text: string, start: string) => text.startsWith(start.replace(/\uFFFD+$/u, ''));
  return full.state === cut.state && begins(full.subtype, cut.subtype) && begins(full.message, cut.message);
}
