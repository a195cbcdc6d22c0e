import type { SortColumn } from '@lampboard/protocol';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useSettings, usePreference } from '../../data/preferences/settings-context.tsx';
import { FUNCTION_COLUMNS, type Column } from './columns.ts';

interface TableHeaderProps {
  columns: readonly Column[];
}

export function TableHeader({ columns }: TableHeaderProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table rows cannot be positioned
    <div role="row" aria-rowindex={1} className="table-header">
      {columns.map((column) => (
        <HeaderCell key={column} column={column} columns={columns} />
      ))}
    </div>
  );
}

function HeaderCell({ column, columns }: TableHeaderProps & { column: Column }) {
  const t = useT();
  const sort = usePreference('sort');
  const sorted = sort.column === column;
  const direction = sort.descending ? 'descending' : 'ascending';
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table cells cannot be positioned
      role="columnheader"
      className="table-cell"
      data-column={column}
      aria-colindex={columns.indexOf(column) + 1}
      aria-sort={sorted ? direction : undefined}
    >
      {column === 'message' ? (
        t('editor.message')
      ) : column === 'presence' && columns === FUNCTION_COLUMNS ? (
        t('table.line-state')
      ) : (
        <SortButton column={column} columns={columns} />
      )}
    </div>
  );
}

function SortButton({ column, columns }: TableHeaderProps & { column: SortColumn }) {
  const t = useT();
  const settings = useSettings();
  const sort = usePreference('sort');
  const sorted = sort.column === column;
  const isLineLamp = column === 'lamp' && columns === FUNCTION_COLUMNS;
  const Arrow = sorted && sort.descending ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      className="table-sort"
      onClick={() => settings.updatePreferences({ sort: { column, descending: sorted && !sort.descending } })}
    >
      <span className="truncate">{t(isLineLamp ? 'table.line-lamp' : `table.${column}`)}</span>
      <Arrow size={13} aria-hidden="true" data-on={sorted || undefined} />
    </button>
  );
}
