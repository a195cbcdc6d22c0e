import { FAVOURITES, type OwnGroup } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

export function nameOfGroup(t: Translate, { id, name }: OwnGroup): string {
  return id === FAVOURITES ? t('group.favourites') : name;
}
