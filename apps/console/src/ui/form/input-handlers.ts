import type { FormEvent } from 'react';

type TextField = HTMLInputElement | HTMLTextAreaElement;

/**
 * Handlers for a text field. They use `input`: React's `change` misses a text that a script set, such as a browser
 * extension's, and the next render would remove it.
 */
export function inputHandlers(onValueChange: (text: string) => void) {
  return {
    onInput: (event: FormEvent<TextField>) => onValueChange(event.currentTarget.value),
    // React requires it beside `value`.
    onChange: () => {},
  };
}
