import { useCallback, useState } from 'react';
import { createFindHits, sameHits } from '../../extension/hits.ts';
import { useHitList } from '../../extension/use-hit-list.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { TextField } from '../../ui/text-field.tsx';
import { lastTyped, withLast } from './extensions-text.ts';

interface ExtensionsFieldProps {
  note: string;
  refused: boolean;
  value: string;
  onText: (text: string) => void;
}

/** Extensions by commas: whoever is meant by the last one is found on the board by number or name. */
export function ExtensionsField({ note, refused, value, onText }: ExtensionsFieldProps) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const [findHits] = useState(createFindHits);
  const query = isOpen ? lastTyped(value) : '';
  const find = useCallback((rows: Rows) => findHits(query, rows, []), [findHits, query]);
  const { ids } = useBoardValue(find, sameHits);

  const close = () => setIsOpen(false);
  const hits = useHitList({
    ids,
    ignores: () => ids.length === 0,
    onAdd(id) {
      close();
      onText(withLast(value, id));
    },
    onClose: close,
  });
  const type = (text: string) => {
    setIsOpen(true);
    hits.restart();
    onText(text);
  };

  return (
    <div className="extensions-field">
      <TextField
        label={t('accounts.extensions')}
        {...hits.field}
        refused={refused}
        note={note}
        value={value}
        onText={type}
        onBlur={close}
      />
      {hits.list}
    </div>
  );
}
