import type { ExtensionRow } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** The accessible name of a tile: number, name, the lamp's word, the presence's word, and what was said. */
export function tileWords(
  t: Translate,
  { exten, person, lamp, presence }: ExtensionRow,
  { live, unsaved = false }: { live: boolean; unsaved?: boolean },
): string {
  const who = person.name === exten ? exten : `${exten} ${person.name}`;
  const telephone = t(`lamp.${lamp}`);
  const words = [who, live ? telephone : t('tile.last-known', { lamp: telephone })];
  if (presence !== null) {
    const said = [presence.subtype, presence.message].map(oneLine).filter(Boolean);
    words.push(t(`presence.${presence.state}`));
    if (said.length > 0) words.push(said.join(': '));
  }
  if (unsaved) words.push(t('tile.not-saved'));
  return words.join(', ');
}

/** The first line of a text that holds anything. */
export function firstLine(text: string): string {
  return text.split(/[\r\n]+/u).find((line) => line.trim() !== '') ?? '';
}
