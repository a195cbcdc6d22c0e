import { type MessageKey, type Translate, isMessageKey } from '../i18n/translate.ts';

/**
 * Every key that the page binds, by where it works. What handles keys asks {@link boundKey}, and the keyboard help lists
 * this very table, with the words `keys.<place>.<what>` of the catalogue. `Ctrl` stands for Command too.
 */
export const SHORTCUTS = {
  global: {
    find: ['/'],
    palette: ['Ctrl+k'],
    undo: ['Ctrl+z'],
    redo: ['Ctrl+Shift+z'],
    help: ['?'],
    close: ['Escape'],
  },
  search: {
    open: ['Enter'],
    toTiles: ['ArrowDown'],
    clear: ['Escape'],
  },
  board: {
    open: ['Enter', ' '],
    left: ['ArrowLeft'],
    right: ['ArrowRight'],
    up: ['ArrowUp'],
    down: ['ArrowDown'],
    pageUp: ['PageUp'],
    pageDown: ['PageDown'],
    rowStart: ['Home'],
    rowEnd: ['End'],
    first: ['Ctrl+Home'],
    last: ['Ctrl+End'],
    favourite: ['*'],
    watch: ['!'],
    refresh: ['.'],
  },
  person: {
    available: ['1'],
    chat: ['2'],
    away: ['3'],
    xa: ['4'],
    dnd: ['5'],
    unavailable: ['6'],
    favourite: ['*'],
    watch: ['!'],
    save: ['Ctrl+Enter'],
    close: ['Escape'],
  },
  results: {
    next: ['ArrowDown'],
    previous: ['ArrowUp'],
    run: ['Enter'],
    close: ['Escape'],
  },
  menu: {
    next: ['ArrowDown'],
    previous: ['ArrowUp'],
    first: ['Home'],
    last: ['End'],
    close: ['Escape'],
  },
  toolbar: {
    next: ['ArrowRight', 'ArrowDown'],
    previous: ['ArrowLeft', 'ArrowUp'],
  },
  timeline: {
    earlier: ['ArrowLeft', 'ArrowDown'],
    later: ['ArrowRight', 'ArrowUp'],
    first: ['Home'],
    last: ['End'],
  },
  list: {
    up: ['ArrowUp'],
    down: ['ArrowDown'],
    first: ['Home'],
    last: ['End'],
  },
  wall: {
    next: ['ArrowRight'],
    previous: ['ArrowLeft'],
    pause: [' '],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export type ShortcutScope = keyof typeof SHORTCUTS;
export type ShortcutName<P extends ShortcutScope> = keyof (typeof SHORTCUTS)[P];

interface KeyEvent {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** A key as the table writes it; null for one with modifiers that no binding has. */
function normalizeKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyEvent): string | null {
  const control = ctrlKey || metaKey;
  const isCharacter = key.length === 1;
  // Some keyboards need Shift, or AltGr, to type a character at all.
  if (isCharacter && !control) return key;
  if (altKey) return isCharacter && ctrlKey ? key : null;
  if (shiftKey) return isCharacter ? `Ctrl+Shift+${key.toLowerCase()}` : null;
  return control ? `Ctrl+${isCharacter ? key.toLowerCase() : key}` : key;
}

/** What a key does in this place; null where it does nothing there. */
export function matchShortcut<P extends ShortcutScope>(scope: P, event: KeyEvent): ShortcutName<P> | null {
  const key = normalizeKey(event);
  const bindings: Readonly<Record<string, readonly string[]>> = SHORTCUTS[scope];
  const found = Object.keys(bindings).find((name) => key !== null && bindings[name]?.includes(key));
  return found !== undefined && isShortcutName(scope, found) ? found : null;
}

function isShortcutName<P extends ShortcutScope>(scope: P, name: string): name is ShortcutName<P> & string {
  return Object.hasOwn(SHORTCUTS[scope], name);
}

/** Keys that are printed alike everywhere; those with words are printed as the language's keyboards have them. */
const KEY_SYMBOLS: Readonly<Record<string, string>> = {
  Enter: '↵',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
const KEY_NAMES: Readonly<Record<string, string>> = { ' ': 'Space' };

/** The caps to press together, as they are printed: `['Ctrl', 'K']`, on a German keyboard `['Strg', 'K']`. */
export function keyLabels(key: string, t: Translate): readonly string[] {
  return key.split(/\+(?=.)/u).map((part) => {
    const messageKey = `cap.${KEY_NAMES[part] ?? part}`;
    if (isKeyLabelMessage(messageKey)) return t(messageKey);
    return KEY_SYMBOLS[part] ?? (part.length === 1 ? part.toLocaleUpperCase('en') : part);
  });
}

type KeyLabelMessage = Extract<MessageKey, `cap.${string}`>;
const isKeyLabelMessage = (key: string): key is KeyLabelMessage => isMessageKey(key);

/** Whether it is a single character, which people who speak to their computer may switch off (WCAG 2.1.4). */
export function isSingleKeyShortcut(key: string): boolean {
  return key !== ' ' && Array.from(key).length === 1;
}

/** For `aria-keyshortcuts`. */
export function ariaKeyShortcuts(keys: readonly string[]): string {
  return keys
    .flatMap((key) => (key.startsWith('Ctrl+') ? [`Control+${key.slice(5)}`, `Meta+${key.slice(5)}`] : [key]))
    .map((key) => (key === ' ' ? 'Space' : key))
    .join(' ');
}
