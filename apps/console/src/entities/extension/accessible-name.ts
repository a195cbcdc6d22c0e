import { type Mismatch, phoneLamp } from '@lampboard/model';
import type { Extension, Lamp } from '@lampboard/protocol';
import type { Distinction } from '../../data/socket/distinctions.ts';
import type { Translate } from '../../i18n/translate.ts';
import { kindLabel, lampLabel } from '../kind/kinds.ts';

export interface ExtensionStatus {
  readonly live: boolean;
  /** Set where another extension has the same number. */
  readonly distinction?: Distinction | null;
  /** `back 14:00` or `12 min late`. */
  readonly returnTimeLabel?: string | null;
  /** Of each line: `With Kontor AS +4722550199`. */
  readonly calls?: readonly string[];
  readonly mismatch?: Mismatch | null;
  readonly favourite?: boolean;
  readonly isWatched?: boolean;
  readonly stale?: boolean;
  readonly unsaved?: boolean;
}

export const collapseWhitespace = (text: string) => text.replace(/\s+/gu, ' ').trim();

type EntryState = Pick<Extension, 'kind' | 'lot' | 'lamp' | 'phone'>;

/** Returns the lamp to show: the phone's own where “do not disturb” hides it, or where the phone is not registered. */
export function shownLamp(extension: Pick<Extension, 'lamp' | 'phone'>): Lamp {
  const { lamp, phone } = extension;
  const behind = phoneLamp(extension) ?? lamp;
  const isHidden = phone?.dnd ? behind !== 'idle' : lamp === 'idle' && behind === 'unavailable';
  return isHidden ? behind : lamp;
}

/** Returns the state in the words of the entry's kind. */
export const stateLabel = (t: Translate, extension: EntryState): string =>
  lampLabel(t, extension, shownLamp(extension));

export type PhoneFeature = 'dnd' | 'forwarded' | 'follow-me';

export interface LabelledFeature {
  readonly feature: PhoneFeature;
  readonly label: string;
}

const NO_FEATURES: readonly LabelledFeature[] = [];

/** Returns what is on at the phone, in words. */
export function phoneFeatures(t: Translate, { phone }: Pick<Extension, 'phone'>): readonly LabelledFeature[] {
  // Of most phones nothing is on.
  if (!phone?.dnd && !phone?.forwarded && !phone?.followMe) return NO_FEATURES;
  const { dnd, forwarded, forwardedTo: number, followMe } = phone;
  const features: LabelledFeature[] = [];
  if (dnd) features.push({ feature: 'dnd', label: t('phone.dnd') });
  if (forwarded) {
    const label = number === undefined ? t('phone.forwarded') : t('phone.forwarded-to', { number });
    features.push({ feature: 'forwarded', label });
  }
  if (followMe) features.push({ feature: 'follow-me', label: t('phone.follow-me') });
  return features;
}

/** Returns the features in one line, empty without any. */
export const featuresText = (features: readonly LabelledFeature[]): string =>
  features.map(({ label }) => label).join(' · ');

/** Returns `Berlin`, `warehouse`, or `Berlin, warehouse`. */
export const distinctionLabel = ({ pbx, context }: Distinction): string =>
  [pbx, context].filter((part) => part !== null).join(', ');

/** Returns `Berlin`, `Context warehouse`, or both. */
export const distinctionText = (t: Translate, { pbx, context }: Distinction): string =>
  distinctionLabel({ pbx, context: context === null ? null : t('person.context', { context }) });

/** Appends what tells the extension from others with its number: `Anna Müller (warehouse)`. */
export const withDistinction = (text: string, distinction: Distinction | null | undefined): string =>
  distinction ? `${text} (${distinctionLabel(distinction)})` : text;

/** True if the extension has a name; without one, the name equals the number. */
export const hasName = ({ exten, person }: Pick<Extension, 'exten' | 'person'>): boolean =>
  person.name !== exten;

/** Returns the name; without one `Extension 106`, `Parking 71`, and the like. */
export function displayName(
  t: Translate,
  extension: Pick<Extension, 'exten' | 'person' | 'kind' | 'lot'>,
): string {
  if (hasName(extension)) return extension.person.name;
  const { exten } = extension;
  const kind = kindLabel(t, extension);
  return kind === null ? t('person.unnamed', { exten }) : t('kind.unnamed', { kind, exten });
}

/** Returns `200 Anna Müller`, or the number without a name, each with its distinction, if any. */
export function numberAndName(extension: Extension, distinction: Distinction | null | undefined): string {
  return withDistinction(
    hasName(extension) ? `${extension.exten} ${extension.person.name}` : extension.exten,
    distinction,
  );
}

/** Returns number, name, kind, lamp, presence, texts and badges. */
export function accessibleName(t: Translate, extension: Extension, status: ExtensionStatus): string {
  const { presence } = extension;
  const state = stateLabel(t, extension);
  const kind = kindLabel(t, extension);
  const parts = [numberAndName(extension, status.distinction)];
  if (kind !== null) parts.push(kind);
  parts.push(status.live ? state : t('tile.last-known', { lamp: state }));
  parts.push(...(status.calls ?? []));
  parts.push(...phoneFeatures(t, extension).map(({ label }) => label));
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
