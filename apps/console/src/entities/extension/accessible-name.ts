import { type Mismatch, isOnCall } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

export interface ExtensionStatus {
  readonly live: boolean;
  /** Set where another context has the same number. */
  readonly context?: string | null;
  /** `back 14:00` or `12 min late`. */
  readonly returnTimeLabel?: string | null;
  readonly mismatch?: Mismatch | null;
  readonly favourite?: boolean;
  readonly isWatched?: boolean;
  readonly stale?: boolean;
  readonly unsaved?: boolean;
}

const collapseWhitespace = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** Returns the phone's state; the lamp alone may be that of another device in the same hint. */
export function phoneStateLabel(t: Translate, extension: Pick<Extension, 'lamp' | 'phone'>): string {
  if (extension.lamp === 'busy' && extension.phone?.dnd && !isOnCall(extension))
    return t('lamp.do-not-disturb');
  return t(
    `lamp.${extension.lamp === 'idle' && extension.phone?.lamp === 'unavailable' ? 'unavailable' : extension.lamp}`,
  );
}

/** Appends the context, if any: `Anna Müller (warehouse)`. */
export const withContext = (text: string, context: string | null | undefined): string =>
  context ? `${text} (${context})` : text;

/** True if the extension has a name; without one, the name equals the number. */
export const hasName = ({ exten, person }: Pick<Extension, 'exten' | 'person'>): boolean =>
  person.name !== exten;

/** Returns the name, or `Extension 106` without one. */
export const displayName = (t: Translate, extension: Pick<Extension, 'exten' | 'person'>): string =>
  hasName(extension) ? extension.person.name : t('person.unnamed', { exten: extension.exten });

/** Returns `200 Anna Müller`, or the number without a name, each with the context, if any. */
export function numberAndName(extension: Extension, context: string | null | undefined): string {
  return withContext(
    hasName(extension) ? `${extension.exten} ${extension.person.name}` : extension.exten,
    context,
  );
}

/** Returns number, name, lamp, presence, texts and badges. */
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
  if (status.mismatch) parts.push(t(`mismatch.${status.mismatch}`));
  if (status.favourite) parts.push(t('tile.favourite'));
  if (status.isWatched) parts.push(t('tile.watched'));
  if (status.stale) parts.push(t('tile.no-longer-matches'));
  if (status.unsaved) parts.push(t('tile.unsaved'));
  return parts.join(', ');
}

/** Returns the first line that is not blank. */
export const firstLine = (text: string): string =>
  text.split(/[\r\n]+/u).find((line) => line.trim() !== '') ?? '';
