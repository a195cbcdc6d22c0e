import type { AmiClient, AmiEvent, AmiResult } from '@lampboard/ami';
import { type Fact, parseHint } from '@lampboard/board';
import type { Presence } from '@lampboard/protocol';
import type { PresenceStore } from './presence-store.ts';
import { hintFactOf, presenceOf } from './translate.ts';

type Listed = Extract<Fact, { kind: 'listed' }>;

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
  contexts,
}: {
  ami: Pick<AmiClient, 'list'>;
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
      const shown = new Set(hints.map(({ hint }) => parseHint(hint).provider));
      const presences = await readPresences(states.value, (provider) => shown.has(provider), known);
      if (!presences.ok) return presences;
      return { ok: true, value: { kind: 'listed', hints, presences: presences.value, newer } };
    },
  };

  async function readPresences(
    items: readonly AmiEvent[],
    isWanted: (provider: string) => boolean,
    known: (provider: string) => Presence | null,
  ): Promise<AmiResult<ReadonlyMap<string, Presence>>> {
    const presences = new Map<string, Presence>();
    for (const item of items) {
      const listed = presenceOf(item);
      if (listed === null || !isWanted(listed.provider)) continue;
      const { provider, presence, mayBeCut } = listed;
      const before = mayBeCut ? known(provider) : presence;
      const isKnown = before !== null && beginsLike(before, presence);
      const full = isKnown ? ({ ok: true, value: before } as const) : await store.readOr(provider, presence);
      if (!full.ok) return full;
      presences.set(provider, full.value);
    }
    return { ok: true, value: presences };
  }
}

/** A list may end a text inside a character, which then reads as U+FFFD. */
function beginsLike(full: Presence, cut: Presence): boolean {
  const begins = (text: string, start: string) => text.startsWith(start.replace(/\uFFFD+$/u, ''));
  return full.state === cut.state && begins(full.subtype, cut.subtype) && begins(full.message, cut.message);
}
