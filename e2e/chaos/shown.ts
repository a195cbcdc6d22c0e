import { lampOfStatus, parseHint } from '@lampboard/board';
import type { AmiBlock } from '../ami/ami-block.ts';
import { byExtension } from '../ami/ami-controls.ts';

/** What is so, or what a board shows, by fact, such as `1101@default lamp`. */
export type Shown = ReadonlyMap<string, string>;

/** What is so of one extension, or shown of it; null: it has no presence, or a page does not show it. */
export interface Look {
  readonly lamp: string;
  readonly state: string | null;
  readonly message: string | null;
}

/** A lamp and a presence are told by themselves; state and message of a presence come together. */
export function factsOf(id: string, { lamp, state, message }: Look): [fact: string, value: string][] {
  return [
    [`${id} lamp`, lamp],
    ...(state === null ? [] : [[`${id} presence`, state] satisfies [string, string]]),
    ...(message === null ? [] : [[`${id} ${TEXT}`, `${state} ${message}`] satisfies [string, string]]),
  ];
}

/** Pages do not show every message in full. */
const TEXT = 'text';

/** What a board has to show, by the lists of an Asterisk. */
export function shownByLists(extensions: readonly AmiBlock[], presences: readonly AmiBlock[]): Shown {
  const said = new Map(presences.map(({ fields }) => [fields['presentity'] ?? '', fields]));
  const facts = [...byExtension(extensions)].flatMap(([id, { hint, status }]) => {
    const { provider } = parseHint(hint);
    const fields = provider === null ? undefined : said.get(provider);
    const state = provider === null ? null : (fields?.['status'] ?? 'not_set');
    const message = provider === null ? null : (fields?.['message'] ?? '');
    return factsOf(id, { lamp: lampOfStatus(status), state, message });
  });
  return new Map(facts);
}

/** One fact that a board shows otherwise than it is; undefined: not at all. */
export interface Difference {
  readonly its: string | undefined;
  readonly real: string | undefined;
}

export function differences(shown: Shown, truth: Shown, isPage: boolean): ReadonlyMap<string, Difference> {
  const found = new Map<string, Difference>();
  for (const fact of new Set([...shown.keys(), ...truth.keys()])) {
    if (isPage && fact.endsWith(` ${TEXT}`)) continue;
    const [its, real] = [shown.get(fact), truth.get(fact)];
    if (its !== real) found.set(fact, { its, real });
  }
  return found;
}
