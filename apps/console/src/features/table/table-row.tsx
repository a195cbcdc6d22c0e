import { type Mismatch, phoneSince } from '@lampboard/model';
import type { Presence } from '@lampboard/protocol';
import { type ReactNode, memo } from 'react';
import { CallText } from '../../entities/call/call-line.tsx';
import { type CallLine, useCallLines } from '../../entities/call/call-text.ts';
import { CallTime } from '../../entities/call/call-times.tsx';
import { displayName, stateLabel } from '../../entities/extension/accessible-name.ts';
import { HighlightedText, useMessagePreview } from '../../entities/extension/search-highlight.tsx';
import {
  CallDuration,
  DistinctionBadge,
  MismatchBadge,
  OverdueBadge,
  PhoneBadges,
  UserBadges,
  ApproximateDuration,
  UnsavedBadge,
} from '../../entities/extension/badges.tsx';
import { PresenceBadge } from '../../entities/presence/presence-badge.tsx';
import { type ExtensionCellProps, useExtensionCell } from '../../entities/extension/use-extension-cell.ts';
import type { ExtensionView } from '../../entities/extension/use-extension-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { SHORTCUTS, keyLabels } from '../../keyboard/shortcuts.ts';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import type { Column } from './columns.ts';

interface TableRowProps extends ExtensionCellProps {
  columns: readonly Column[];
  /** From 0. */
  index: number;
  /** Pixels from the top of the table. */
  start: number;
}

/** One extension as a table row; renders only when its own state changes. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { columns, index, start, highlighted, unsaved } = props;
  const calls = useCallLines(props.id);
  const cell = useExtensionCell(props, calls);
  if (cell === null) return null;
  const { view, attributes, hovered } = cell;

  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table rows cannot be positioned
      role="row"
      className="table-row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${start}px)` }}
      {...attributes}
    >
      {columns.map((column) => (
        <div
          key={column}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table cells cannot be positioned
          role="gridcell"
          className="table-cell"
          data-column={column}
          aria-colindex={columns.indexOf(column) + 1}
        >
          <Cell
            column={column}
            view={view}
            line={calls[0]}
            hovered={hovered}
            unsaved={unsaved}
            highlighted={highlighted}
          />
        </div>
      ))}
    </div>
  );
});

interface CellProps {
  column: Column;
  view: ExtensionView;
  /** The one in use, of the calls. */
  line: CallLine | undefined;
  hovered: boolean;
  unsaved: boolean;
  highlighted: boolean;
}

function Cell({ column, view, line, hovered, unsaved, highlighted }: CellProps): ReactNode {
  const t = useT();
  const { extension, features, live, onCall, returnTime, overdue } = view;
  const preview = useMessagePreview(extension);
  const { lampSince, person, presence, presenceSetAt } = extension;
  switch (column) {
    case 'lamp':
      return (
        <>
          <ExtensionLamp extension={extension} live={live} callStates={view.callStates} />
          {features.length > 0 && <PhoneBadges features={features} />}
          <span className="visually-hidden">
            {[stateLabel(t, extension), ...features.map(({ label }) => label)].join(', ')}
          </span>
        </>
      );
    case 'number':
      return (
        <span className="table-text truncate" title={extension.exten}>
          <HighlightedText text={extension.exten} />
        </span>
      );
    case 'name':
      return (
        <>
          <span className="table-name">
            <span className="table-text truncate" dir="auto" title={displayName(t, extension)}>
              <HighlightedText text={displayName(t, extension)} />
            </span>
            <span className="table-below">
              <DistinctionBadge distinction={view.distinction} />
              {line !== undefined && (
                <CallText line={line} className="table-call" sideClassName="table-side" />
              )}
            </span>
          </span>
          {unsaved && <UnsavedBadge />}
          <UserBadges favourite={view.favourite} isWatched={view.isWatched} hovered={hovered} />
          {highlighted && <kbd aria-hidden="true">{keyLabels(SHORTCUTS.search.open[0], t)}</kbd>}
        </>
      );
    case 'department':
      return (
        <span className="table-text truncate" dir="auto">
          <HighlightedText text={person.department} />
        </span>
      );
    case 'presence':
      return presence === null ? (
        <span className="table-text truncate table-muted">{stateLabel(t, extension)}</span>
      ) : (
        <PresenceSummary presence={presence} mismatch={view.mismatch} />
      );
    case 'message':
      return (
        <span className="table-text truncate table-muted" dir="auto" title={presence?.message || undefined}>
          <HighlightedText text={preview} />
        </span>
      );
    case 'since':
      if (line !== undefined && line.call.since !== null)
        return <CallTime className="table-text truncate table-duration" call={line.call} short />;
      return onCall ? (
        <CallDuration
          className="table-text truncate table-duration"
          id={extension.id}
          since={phoneSince(extension)}
        />
      ) : (
        <ApproximateDuration
          className="table-text truncate table-muted"
          id={extension.id}
          since={presence === null ? lampSince : presenceSetAt}
        />
      );
    case 'return-time':
      return overdue === null ? (
        <span className="table-text truncate">{returnTime}</span>
      ) : (
        <OverdueBadge overdue={overdue} />
      );
  }
}

interface PresenceSummaryProps {
  presence: Presence;
  mismatch: Mismatch | null;
}

function PresenceSummary({ presence, mismatch }: PresenceSummaryProps) {
  const { state, subtype } = presence;
  return (
    <span className="presence-summary">
      <PresenceBadge state={state} />
      {mismatch !== null && <MismatchBadge mismatch={mismatch} />}
      {subtype !== '' && (
        <span className="presence-summary-subtype truncate" dir="auto" title={subtype}>
          <HighlightedText text={subtype} />
        </span>
      )}
    </span>
  );
}
