import { useCallback, useState } from 'react';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { createMemberSearch } from '../../entities/extension/member-search.ts';
import { useResultList } from '../../entities/extension/result-list.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

interface DeputyFieldProps {
  /** The id of the person whose deputy it is. */
  id: string;
  /** The id of the deputy; empty for nobody. */
  value: string;
  labelOf: (id: string) => string;
  onChange: (id: string) => void;
}

/** A combobox of the people of the board; its text is the deputy, unless something is being typed. */
export function DeputyField({ id, value, labelOf, onChange }: DeputyFieldProps) {
  const t = useT();
  /** The text during typing, else null. */
  const [typed, setTyped] = useState<string | null>(null);
  const [search] = useState(createMemberSearch);
  const query = typed ?? '';
  const find = useCallback((extensions: Extensions) => search(query, extensions, [id]), [search, query, id]);
  const { ids } = useBoardValue(find);
  const combobox = useResultList({
    ids,
    shouldIgnore: (key) => typed === null || (ids.length === 0 && key !== 'close'),
    onAdd(deputy) {
      setTyped(null);
      onChange(deputy);
    },
    onClose: () => setTyped(null),
  });
  const isUnknown = query.trim() !== '' && ids.length === 0;
  return (
    <div className="extensions-field">
      <TextField
        label={t('directory.field.deputy')}
        {...combobox.field}
        placeholder={t('directory.deputy-placeholder')}
        note={t('directory.deputy-note')}
        value={typed ?? (value === '' ? '' : labelOf(value))}
        onValueChange={(text) => {
          combobox.reset();
          setTyped(text);
          if (text === '') onChange('');
        }}
        onBlur={() => setTyped(null)}
      />
      {isUnknown && (
        <output className="card result-list deputy-unknown">
          {t('board.no-results', { query: query.trim() })}
        </output>
      )}
      {combobox.list}
    </div>
  );
}
