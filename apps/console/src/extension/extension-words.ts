import { type Contradiction, isOnThePhone } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import type { Translate } from '../i18n/translate.ts';

/** What is shown of an extension beside what Asterisk says. */
export interface ExtensionMarks {
  readonly live: boolean;
  /** Where another context has the same number. */
  readonly context?: string | null;
  /** When the person will be back, or how late they are: `back 14:00`, `12 min late`. */
  readonly back?: string | null;
  readonly contradiction?: Contradiction | null;
  readonly favourite?: boolean;
  /** One is told when it can be reached. */
  readonly told?: boolean;
  /** It does not fit the filter any more. */
  readonly unfit?: boolean;
  /** Something was typed for it that is not saved. */
  readonly unsaved?: boolean;
}

const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** What the telephone does; the lamp alone may be that of another device that the hint joins with it. */
export function telephoneWords(t: Translate, row: Pick<ExtensionRow, 'lamp' | 'phone'>): string {
  if (row.lamp === 'busy' && row.phone?.dnd && !isOnThePhone(row)) return t('lamp.do-not-disturb');
  return t(`lamp.${row.lamp === 'idle' && row.phone?.lamp === 'unavailable' ? 'unavailable' : row.lamp}`);
}

/** `Anna Müller (warehouse)`; the text alone where there is no `context` to be told. */
export function inContext(text: string, context: string | null | undefined): string {
  return context ? `${text} (${context})` : text;
}

/** Whether somebody is named at the extension: the directory's, else Asterisk's word; without one the row bears its number. */
export function isNamed({ exten, person }: Pick<ExtensionRow, 'exten' | 'person'>): boolean {
  return person.name !== exten;
}

/** The name, or `Extension 106` where there is none. */
export function nameText(t: Translate, row: Pick<ExtensionRow, 'exten' | 'person'>): string {
  return isNamed(row) ? row.person.name : t('person.unnamed', { exten: row.exten });
}

/** `200 Anna Müller`, or the number where there is no name, each with such a context. */
export function whoText(row: ExtensionRow, context: string | null | undefined): string {
  return inContext(isNamed(row) ? `${row.exten} ${row.person.name}` : row.exten, context);
}

/** The accessible name: number, name, the lamp's word, the presence's word, what was said, and every mark. */
export function extensionWords(t: Translate, row: ExtensionRow, marks: ExtensionMarks): string {
  const { presence } = row;
  const telephone = telephoneWords(t, row);
  const words = [
    whoText(row, marks.context),
    marks.live ? telephone : t('tile.last-known', { lamp: telephone }),
  ];
  if (presence !== null) {
    const said = [presence.subtype, presence.message].map(oneLine).filter(Boolean);
    words.push(t(`presence.${presence.state}`));
    if (said.length > 0) words.push(said.join(': '));
  }
  if (marks.back) words.push(marks.back);
  if (marks.contradiction) words.push(t(`sense.${marks.contradiction}`));
  if (marks.favourite) words.push(t('tile.favourite'));
  if (marks.told) words.push(t('tile.told'));
  if (marks.unfit) words.push(t('tile.unfit'));
  if (marks.unsaved) words.push(t('tile.not-saved'));
  return words.join(', ');
}

/** The first line of a text that holds anything. */
export function firstLine(text: string): string {
  return text.split(/[\r\n]+/u).find((line) => line.trim() !== '') ?? '';
}
