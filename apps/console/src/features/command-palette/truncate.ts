const MAX_CHARACTERS = 60;

/** Truncates typed text where it is echoed. */
export function truncate(text: string): string {
  const characters = Array.from(text);
  return characters.length > MAX_CHARACTERS ? `${characters.slice(0, MAX_CHARACTERS - 1).join('')}…` : text;
}
