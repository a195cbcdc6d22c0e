/** In characters. */
const MAX_CHARACTERS = 60;

/** What was typed, to be said back: cut where it would push everything else out of view. */
export function truncate(text: string): string {
  const characters = Array.from(text);
  return characters.length > MAX_CHARACTERS ? `${characters.slice(0, MAX_CHARACTERS - 1).join('')}…` : text;
}
