import type { DirectoryField, DirectoryFields } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

export const fieldLabel = (t: Translate, field: DirectoryField): string =>
  field === 'name' || field === 'department' ? t(`table.${field}`) : t(`directory.field.${field}`);

/**
 * Returns the value of a field in words; null where it has none, or an empty one. A photo has no words. `labelOf` names
 * the deputy by its id.
 */
export function fieldText(
  t: Translate,
  field: DirectoryField,
  fields: DirectoryFields,
  labelOf: (id: string) => string = (id) => id,
): string | null {
  const { kind, hidden, deputy } = fields;
  switch (field) {
    case 'kind':
      return kind === undefined ? null : t(`kind.${kind}`);
    case 'hidden':
      return hidden === undefined ? null : t(hidden ? 'directory.hidden' : 'directory.shown');
    case 'deputy':
      return deputy ? labelOf(deputy) : null;
    case 'photo':
      return null;
    case 'name':
    case 'department':
    case 'email':
    case 'mobile':
      return fields[field] || null;
  }
}
