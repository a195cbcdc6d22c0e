import { isNamed, nameText } from '../../extension/extension-words.ts';
import { ContextMark } from '../../extension/marks.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useRow, useTellingContext } from '../../live/live-context.tsx';
import { Button } from '../../ui/button.tsx';
import './elsewhere.css';

/** So many are named. */
const MAX_NAMED = 3;

interface ElsewhereProps {
  ids: readonly string[];
  onOpen: (id: string) => void;
}

/** Hits that the group or the filter leaves out, the best first: one click away. */
export function Elsewhere({ ids, onOpen }: ElsewhereProps) {
  const t = useT();
  if (ids.length === 0) return null;
  return (
    <p className="elsewhere">
      <span>{t('search.elsewhere', { count: ids.length })}</span>
      {ids.slice(0, MAX_NAMED).map((id) => (
        <Hit key={id} id={id} onOpen={onOpen} />
      ))}
    </p>
  );
}

function Hit({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const t = useT();
  const row = useRow(id);
  const context = useTellingContext(row);
  if (row === undefined) return null;
  return (
    <Button onClick={() => onOpen(id)}>
      <bdi>{nameText(t, row)}</bdi>
      {isNamed(row) && ` ${row.exten}`}
      {context !== null && ' '}
      <ContextMark context={context} />
    </Button>
  );
}
