import { wordsOf } from '@lampboard/board';
import type { Back, SettableState } from '@lampboard/protocol';

/** A template as a line uses it: its return time is the one that it means now. */
export interface LineTemplate {
  readonly name: string;
  readonly state: SettableState;
  readonly subtype: string;
  readonly message: string;
  readonly back: Back | null;
}

export interface TemplateMatch {
  readonly template: LineTemplate;
  /** So many tokens say it. */
  readonly tokens: number;
  /** They say its whole name. */
  readonly whole: boolean;
}

/** A name is looked for in so many words at most. */
const MAX_WORDS = 8;

/** The template that the first of these folded tokens say: by its name or whole first words of it, after `#` by any beginning. */
export function templateOf(
  tokens: readonly string[],
  templates: readonly LineTemplate[],
): TemplateMatch | null {
  const names = templates.map((template) => ({ template, name: wordsOf(template.name).join(' ') }));
  const marked = tokens[0]?.startsWith('#') === true;
  for (let count = Math.min(MAX_WORDS, tokens.length); count > 0; count -= 1) {
    const typed = tokens.slice(0, count).join(' ').replace(/^#/u, '');
    if (typed === '') continue;
    const exact = names.find(({ name }) => name === typed);
    const begun = exact ?? names.find(({ name }) => name.startsWith(marked ? typed : `${typed} `));
    if (begun !== undefined) return { template: begun.template, tokens: count, whole: begun === exact };
  }
  return null;
}
