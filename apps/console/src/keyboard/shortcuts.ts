import { type MessageKey, type Translate, isMessageKey } from '../i18n/translate.ts';

/** All shortcuts, by scope; their texts are `keys.<scope>.<name>`. `Ctrl` includes Command. */
export const SHORTCUTS = {
  global: {
    find: ['/'],
    palette: ['Ctrl+k'],
    undo: ['Ctrl+z'],
    redo: ['Ctrl+Shift+z'],
    help: ['?'],
    close: ['Escape'],
  },
  search: { open: ['Enter'], toTiles: ['ArrowDown'], clear: ['Escape'] },
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
  results: { next: ['ArrowDown'], previous: ['ArrowUp'], run: ['Enter'], close: ['Escape'] },
  menu: { next: ['ArrowDown'], previous: ['ArrowUp'], first: ['Home'], last: ['End'], close: ['Escape'] },
  toolbar: { next: ['ArrowRight', 'ArrowDown'], previous: ['ArrowLeft', 'ArrowUp'] },
  timeline: {
    earlier: ['ArrowLeft', 'ArrowDown'],
    later: ['ArrowRight', 'ArrowUp'],
    first: ['Home'],
    last: ['End'],
  },
  list: { up: ['ArrowUp'], down: ['ArrowDown'], first: ['Home'], last: ['End'] },
  wall: { next: ['ArrowRight'], previous: ['ArrowLeft'], pause: [' '] },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export type ShortcutScope = keyof typeof SHORTCUTS;
export type ShortcutName<S extends ShortcutScope> = keyof (typeof SHORTCUTS)[S];

type KeyEvent = Readonly<Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>>;

/** Returns the key as written in the table; null with modifiers that no shortcut has. */
function normalizeKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyEvent): string | null {
  const control = ctrlKey || metaKey;
  const isCharacter = key.length === 1;
  // Some keyboards need Shift or AltGr to type a character.
  if (isCharacter && !control) return key;
  if (altKey) return isCharacter && ctrlKey ? key : null;
  if (shiftKey) return isCharacter ? `Ctrl+Shift+${key.toLowerCase()}` : null;
  return control ? `Ctrl+${isCharacter ? key.toLowerCase() : key}` : key;
}

/** Returns the shortcut that a key event matches in a scope, or null. */
export function matchShortcut<S extends ShortcutScope>(scope: S, event: KeyEvent): ShortcutName<S> | null {
  const key = normalizeKey(event);
  const bindings: Readonly<Record<string, readonly string[]>> = SHORTCUTS[scope];
  const found = Object.keys(bindings).find((name) => key !== null && bindings[name]?.includes(key));
  return found !== undefined && isShortcutName(scope, found) ? found : null;
}

const isShortcutName = <S extends ShortcutScope>(scope: S, name: string): name is ShortcutName<S> & string =>
  Object.hasOwn(SHORTCUTS[scope], name);

/** Labels that are the same on all keyboards; the others are in the catalogue. */
const KEY_SYMBOLS: Readonly<Record<string, string>> = {
  Enter: '↵',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
const KEY_NAMES: Readonly<Record<string, string>> = { ' ': 'Space' };

/** Returns the labels of the keys: `['Ctrl', 'K']`, in German `['Strg', 'K']`. */
export function keyLabels(key: string, t: Translate): readonly string[] {
  return key.split(/\+(?=.)/u).map((part) => {
    const messageKey = `cap.${KEY_NAMES[part] ?? part}`;
    if (isKeyLabelMessage(messageKey)) return t(messageKey);
    return KEY_SYMBOLS[part] ?? (part.length === 1 ? part.toLocaleUpperCase('en') : part);
  });
}

type KeyLabelMessage = Extract<MessageKey, `cap.${string}`>;
const isKeyLabelMessage = (key: string): key is KeyLabelMessage => isMessageKey(key);

/** True if it is a single character, which users of voice control may turn off (WCAG 2.1.4). */
export const isSingleKeyShortcut = (key: string): boolean => key !== ' ' && Array.from(key).length === 1;

export function ariaKeyShortcuts(keys: readonly string[]): string {
  return keys
    .flatMap((key) => (key.startsWith('Ctrl+') ? [`Control+${key.slice(5)}`, `Meta+${key.slice(5)}`] : [key]))
    .map((key) => (key === ' ' ? 'Space' : key))
    .join(' ');
}
