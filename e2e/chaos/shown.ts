import { lampOfStatus, parseHint } from '@lampboard/board';
import type { AmiBlock } from '../ami/ami-block.ts';
import { byExtension } from '../ami/ami-controls.ts';

/** What is so of one extension, or what a board shows of it; null: it has no presence, or a page does not show it. */
export interface Look {
  readonly lamp: string;
  readonly state: string | null;
  readonly message: string | null;
}

/** By `exten@context`. */
export type Shown = ReadonlyMap<string, Look>;

/** What a board has to show, by the lists of an Asterisk. */
export function shownByLists(extensions: readonly AmiBlock[], presences: readonly AmiBlock[]): Shown {
  const said = new Map(presences.map(({ fields }) => [fields['presentity'] ?? '', fields]));
  return new Map(
    [...byExtension(extensions)].map(([id, { hint, status }]) => {
      const { provider } = parseHint(hint);
      const fields = provider === null ? undefined : said.get(provider);
      const state = provider === null ? null : (fields?.['status'] ?? 'not_set');
      const message = provider === null ? null : (fields?.['message'] ?? '');
      return [id, { lamp: lampOfStatus(status), state, message }];
    }),
  );
}

/** The extensions of which a board shows something else than is so, in words. */
export function differences(shown: Shown, truth: Shown, isPage: boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const id of new Set([...shown.keys(), ...truth.keys()])) {
    const [its, real] = [shown.get(id), truth.get(id)];
    if (its !== undefined && real !== undefined && isSame(its, real, isPage)) continue;
    found.set(id, `shows ${words(its)} where Asterisk has ${words(real)}`);
  }
  return found;
}

function isSame(a: Look, b: Look, isPage: boolean): boolean {
  return a.lamp === b.lamp && a.state === b.state && (isPage || a.message === b.message);
}

function words(look: Look | undefined): string {
  return look === undefined ? 'nothing' : [look.lamp, look.state, look.message].filter(Boolean).join(' ');
}
