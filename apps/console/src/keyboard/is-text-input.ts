/** Types of `<input>` without text. */
const NON_TEXT_TYPES = /^(?:radio|checkbox|button|submit|reset|range|color|file|image)$/u;

/** True if the element handles typed characters: a text field, or a list chosen from by typing. */
export function isTextInput(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NON_TEXT_TYPES.test(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
