import type { FormEvent } from 'react';

type TextField = HTMLInputElement | HTMLTextAreaElement;

/**
 * Handlers for a text field. They listen to `input`: React's `change` misses a text that was put in by a script, such
 * as a browser extension's or a test driver's, and the next drawing would take it away again.
 */
export function inputHandlers(onValueChange: (text: string) => void) {
  return {
    onInput: (event: FormEvent<TextField>) => onValueChange(event.currentTarget.value),
    // React asks for it beside a `value`.
    onChange: () => {},
  };
}
