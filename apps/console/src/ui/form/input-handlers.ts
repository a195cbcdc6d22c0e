import type { FormEvent } from 'react';

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Handlers for a text field, by `input`: React's `change` misses a text set by a script, such as an extension's. */
export function inputHandlers(onValueChange: (text: string) => void) {
  return {
    onInput: (event: FormEvent<TextField>) => onValueChange(event.currentTarget.value),
    // React requires it beside `value`.
    onChange: () => {},
  };
}
