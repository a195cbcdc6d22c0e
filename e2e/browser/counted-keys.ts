import type { Page } from '@playwright/test';

/** A keyboard that counts. Keys that are held down together, such as Ctrl+K, count as one; so does each character. */
export interface CountedKeys {
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** The text of a message, which is as long as it is: not counted. */
  typeMessage(text: string): Promise<void>;
  /** How many since the last call. */
  count(): number;
}

export function countedKeys({ keyboard }: Pick<Page, 'keyboard'>): CountedKeys {
  let pressed = 0;
  return {
    async press(...keys) {
      for (const key of keys) await keyboard.press(key);
      pressed += keys.length;
    },
    async type(text) {
      await keyboard.type(text);
      pressed += text.length;
    },
    typeMessage: (text) => keyboard.type(text),
    count() {
      const counted = pressed;
      pressed = 0;
      return counted;
    },
  };
}
