import { phoneSince } from '@lampboard/board';
import { type ReactNode, memo } from 'react';
import { nameText, telephoneWords } from '../../extension/extension-words.ts';
import { FoundText, useShownLine } from '../../extension/found-text.tsx';
import { CallTime, ContextMark, LateMark, OwnMarks, RoughTime, UnsavedMark } from '../../extension/marks.tsx';
import { Says } from '../../extension/says.tsx';
import { useExtensionHandlers } from '../../extension/use-extension-handlers.ts';
import { type ShownExtension, useExtension } from '../../extension/use-extension.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { KEYS, capsOf } from '../../ui/keys.ts';
import { Lamp } from '../../ui/lamp.tsx';
import { COLUMNS, type Column } from './columns.ts';

interface TableRowProps {
  id: string;
  /** Its place in the table, from 0. */
  index: number;
  /** Pixels below the top of the table. */
  start: number;
  open: boolean;
  hit: boolean;
  unfit: boolean;
  unsaved: boolean;
  /** The one row that Tab reaches. */
  reachable: boolean;
  onOpen: (id: string) => void;
  onReach: (id: string) => void;
}

/** One extension as a row. It selects its own, and renders only when that changes. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { id, index, start, open, hit, unfit, unsaved, reachable, onOpen, onReach } = props;
  const shown = useExtension(id, { unsaved, unfit });
  const { handlers, near } = useExtensionHandlers(id, { onOpen, onReach });
  if (shown === null) return null;
  const { row, live } = shown;

  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- rows of a table cannot be placed freely
      role="row"
      className="table-row"
      aria-rowindex={index + 2}
      data-extension={id}
      data-lamp={live ? row.lamp : 'unknown'}
      data-last-known={live ? undefined : row.lamp}
      data-presence={row.presence?.state}
      data-hit={hit || undefined}
      data-unfit={unfit || undefined}
      aria-label={shown.words}
      aria-selected={open || undefined}
      tabIndex={reachable ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      {...handlers}
    >
      {COLUMNS.map((column) => (
        <div
          key={column}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- cells of a table cannot be placed freely
          role="gridcell"
          className="table-cell"
          data-column={column}
          aria-colindex={COLUMNS.indexOf(column) + 1}
        >
          <Cell column={column} shown={shown} near={near} unsaved={unsaved} hit={hit} />
        </div>
      ))}
    </div>
  );
});

interface CellProps {
  column: Column;
  shown: ShownExtension;
  near: boolean;
  unsaved: boolean;
  hit: boolean;
}

function Cell({ column, shown, near, unsaved, hit }: CellProps): ReactNode {
  const t = useT();
  const { row, live, calling, backAt, late } = shown;
  const line = useShownLine(row);
  const { lamp, lampSince, person, presence, presenceSince } = row;
  switch (column) {
    case 'lamp':
      return (
        <>
          <Lamp lamp={lamp} live={live} />
          <span className="unseen">{telephoneWords(t, row)}</span>
        </>
      );
    case 'number':
      return (
        <span className="table-text" title={row.exten}>
          <FoundText text={row.exten} />
        </span>
      );
    case 'name':
      return (
        <>
          <span className="table-who">
            <span className="table-text" dir="auto" title={nameText(t, row)}>
              <FoundText text={nameText(t, row)} />
            </span>
            <ContextMark context={shown.context} />
          </span>
          {unsaved && <UnsavedMark />}
          <OwnMarks favourite={shown.favourite} told={shown.told} near={near} />
          {hit && <kbd aria-hidden="true">{capsOf(KEYS.search.open[0], t)}</kbd>}
        </>
      );
    case 'department':
      return (
        <span className="table-text" dir="auto">
          <FoundText text={person.department} />
        </span>
      );
    case 'presence':
      return presence && <Says presence={presence} contradiction={shown.contradiction} />;
    case 'message':
      return (
        <span className="table-text table-quiet" dir="auto" title={presence?.message || undefined}>
          <FoundText text={line} />
        </span>
      );
    case 'since':
      return calling ? (
        <CallTime className="table-text table-call" since={phoneSince(row)} />
      ) : (
        <RoughTime className="table-text table-quiet" since={presence === null ? lampSince : presenceSince} />
      );
    case 'back':
      return late === null ? <span className="table-text">{backAt}</span> : <LateMark late={late} />;
  }
}
