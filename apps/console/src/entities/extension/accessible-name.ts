import { type Mismatch, isOnCall } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** What is shown of an extension beside what Asterisk says. */
export interface ExtensionStatus {
  readonly live: boolean;
  /** Where another context has the same number. */
  readonly context?: string | null;
  /** When the person will be back, or how late they are: `back 14:00`, `12 min late`. */
  readonly returnTimeLabel?: string | null;
  readonly mismatch?: Mismatch | null;
  readonly favourite?: boolean;
  /** One is told when it can be reached. */
  readonly isWatched?: boolean;
  /** It does not fit the filter any more. */
  readonly stale?: boolean;
  /** Something was typed for it that is not saved. */
  readonly unsaved?: boolean;
}

const collapseWhitespace = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** What the telephone does; the lamp alone may be that of another device that the hint joins with it. */
export function phoneStateLabel(t: Translate, extension: Pick<Extension, 'lamp' | 'phone'>): string {
  if (extension.lamp === 'busy' && extension.phone?.dnd && !isOnCall(extension))
    return t('lamp.do-not-disturb');
  return t(
    `lamp.${extension.lamp === 'idle' && extension.phone?.lamp === 'unavailable' ? 'unavailable' : extension.lamp}`,
  );
}

/** `Anna Müller (warehouse)`; the text alone where there is no `context` to be told. */
export function withContext(text: string, context: string | null | undefined): string {
  return context ? `${text} (${context})` : text;
}

/** Whether somebody is named at the extension: the directory's, else Asterisk's word; without one the row bears its number. */
export function hasName({ exten, person }: Pick<Extension, 'exten' | 'person'>): boolean {
  return person.name !== exten;
}

/** The name, or `Extension 106` where there is none. */
export function displayName(t: Translate, extension: Pick<Extension, 'exten' | 'person'>): string {
  return hasName(extension) ? extension.person.name : t('person.unnamed', { exten: extension.exten });
}

/** `200 Anna Müller`, or the number where there is no name, each with such a context. */
export function numberAndName(extension: Extension, context: string | null | undefined): string {
  return withContext(
    hasName(extension) ? `${extension.exten} ${extension.person.name}` : extension.exten,
    context,
  );
}

/** The accessible name: number, name, the lamp's word, the presence's word, what was said, and every mark. */
export function accessibleName(t: Translate, extension: Extension, status: ExtensionStatus): string {
  const { presence } = extension;
  const phoneState = phoneStateLabel(t, extension);
  const parts = [
    numberAndName(extension, status.context),
    status.live ? phoneState : t('tile.last-known', { lamp: phoneState }),
  ];
  if (presence !== null) {
    const presenceTexts = [presence.subtype, presence.message].map(collapseWhitespace).filter(Boolean);
    parts.push(t(`presence.${presence.state}`));
    if (presenceTexts.length > 0) parts.push(presenceTexts.join(': '));
  }
  if (status.returnTimeLabel) parts.push(status.returnTimeLabel);
  if (status.mismatch) parts.push(t(`sense.${status.mismatch}`));
  if (status.favourite) parts.push(t('tile.favourite'));
  if (status.isWatched) parts.push(t('tile.told'));
  if (status.stale) parts.push(t('tile.unfit'));
  if (status.unsaved) parts.push(t('tile.not-saved'));
  return parts.join(', ');
}

/** The first line of a text that holds anything. */
export function firstLine(text: string): string {
  return text.split(/[\r\n]+/u).find((line) => line.trim() !== '') ?? '';
}
