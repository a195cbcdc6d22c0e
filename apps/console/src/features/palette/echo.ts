/** In characters. */
const LONGEST = 60;

/** What was typed, to be said back: cut where it would push everything else out of view. */
export function echo(text: string): string {
  const characters = Array.from(text);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : text;
}
