import { phoneSince } from '@lampboard/model';
import { type ReactNode, memo } from 'react';
import { displayName, phoneStateLabel } from '../../entities/extension/accessible-name.ts';
import { HighlightedText, useMessagePreview } from '../../entities/extension/search-highlight.tsx';
import {
  CallDuration,
  ContextBadge,
  OverdueBadge,
  UserBadges,
  ApproximateDuration,
  UnsavedBadge,
} from '../../entities/extension/badges.tsx';
import { PresenceSummary } from '../../entities/extension/presence-summary.tsx';
import { useExtensionHandlers } from '../../entities/extension/use-extension-handlers.ts';
import { type ExtensionView, useExtensionView } from '../../entities/extension/use-extension.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { SHORTCUTS, keyLabels } from '../../keyboard/shortcuts.ts';
import { Lamp } from '../../entities/extension/lamp.tsx';
import { COLUMNS, type Column } from './columns.ts';

interface TableRowProps {
  id: string;
  /** Its place in the table, from 0. */
  index: number;
  /** Pixels below the top of the table. */
  start: number;
  open: boolean;
  highlighted: boolean;
  stale: boolean;
  unsaved: boolean;
  /** The one row that Tab reaches. */
  tabbable: boolean;
  onOpen: (id: string) => void;
  onFocusTile: (id: string) => void;
}

/** One extension as a row. It selects its own, and renders only when that changes. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { id, index, start, open, highlighted, stale, unsaved, tabbable, onOpen, onFocusTile } = props;
  const view = useExtensionView(id, { unsaved, stale });
  const { handlers, hovered } = useExtensionHandlers(id, { onOpen, onFocusTile });
  if (view === null) return null;
  const { extension, live } = view;

  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- rows of a table cannot be placed freely
      role="row"
      className="table-row"
      aria-rowindex={index + 2}
      data-extension={id}
      data-lamp={live ? extension.lamp : 'unknown'}
      data-last-known={live ? undefined : extension.lamp}
      data-presence={extension.presence?.state}
      data-highlighted={highlighted || undefined}
      data-stale={stale || undefined}
      aria-label={view.ariaLabel}
      aria-selected={open || undefined}
      tabIndex={tabbable ? 0 : -1}
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
          <Cell column={column} view={view} hovered={hovered} unsaved={unsaved} highlighted={highlighted} />
        </div>
      ))}
    </div>
  );
});

interface CellProps {
  column: Column;
  view: ExtensionView;
  hovered: boolean;
  unsaved: boolean;
  highlighted: boolean;
}

function Cell({ column, view, hovered, unsaved, highlighted }: CellProps): ReactNode {
  const t = useT();
  const { extension, live, onCall, returnTime, overdue } = view;
  const preview = useMessagePreview(extension);
  const { lamp, lampSince, person, presence, presenceSetAt } = extension;
  switch (column) {
    case 'lamp':
      return (
        <>
          <Lamp lamp={lamp} live={live} />
          <span className="visually-hidden">{phoneStateLabel(t, extension)}</span>
        </>
      );
    case 'number':
      return (
        <span className="table-text" title={extension.exten}>
          <HighlightedText text={extension.exten} />
        </span>
      );
    case 'name':
      return (
        <>
          <span className="table-name">
            <span className="table-text" dir="auto" title={displayName(t, extension)}>
              <HighlightedText text={displayName(t, extension)} />
            </span>
            <ContextBadge context={view.context} />
          </span>
          {unsaved && <UnsavedBadge />}
          <UserBadges favourite={view.favourite} isWatched={view.isWatched} hovered={hovered} />
          {highlighted && <kbd aria-hidden="true">{keyLabels(SHORTCUTS.search.open[0], t)}</kbd>}
        </>
      );
    case 'department':
      return (
        <span className="table-text" dir="auto">
          <HighlightedText text={person.department} />
        </span>
      );
    case 'presence':
      return presence && <PresenceSummary presence={presence} mismatch={view.mismatch} />;
    case 'message':
      return (
        <span className="table-text table-muted" dir="auto" title={presence?.message || undefined}>
          <HighlightedText text={preview} />
        </span>
      );
    case 'since':
      return onCall ? (
        <CallDuration className="table-text table-call" since={phoneSince(extension)} />
      ) : (
        <ApproximateDuration
          className="table-text table-muted"
          since={presence === null ? lampSince : presenceSetAt}
        />
      );
    case 'return-time':
      return overdue === null ? (
        <span className="table-text">{returnTime}</span>
      ) : (
        <OverdueBadge overdue={overdue} />
      );
  }
}
