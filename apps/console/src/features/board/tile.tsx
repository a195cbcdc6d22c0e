import { memo } from 'react';
import { useCallLines } from '../../entities/call/call-text.ts';
import { UnsavedBadge, UserBadges } from '../../entities/extension/badges.tsx';
import { TileContent } from '../../entities/tile/tile-content.tsx';
import { type ExtensionCellProps, useExtensionCell } from '../../entities/extension/use-extension-cell.ts';
import { useDraft } from '../../entities/presence-draft/drafts-context.tsx';
import { useClockValue } from '../../data/socket/live-context.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { SHORTCUTS, keyLabels } from '../../keyboard/shortcuts.ts';
import { CompactContent } from './compact-content.tsx';
import type { TileDensity } from './tile-dimensions.ts';
import './tile.css';

export interface TileProps extends ExtensionCellProps {
  /** Position in the grid row, from 1. */
  column: number;
  density?: TileDensity;
  withDepartment?: boolean;
}

/** One extension; renders only when its own state changes. */
export const Tile = memo(function Tile(props: TileProps) {
  const { id, column, density = 'regular', highlighted, unsaved, withDepartment = false } = props;
  const t = useT();
  const calls = useCallLines(id);
  const cell = useExtensionCell(props, calls);
  if (cell === null) return null;
  const { view, attributes, hovered } = cell;
  const marks = highlighted ? (
    <kbd>{keyLabels(SHORTCUTS.search.open[0], t)}</kbd>
  ) : (
    <>
      {unsaved && <UnsavedBadge />}
      <UserBadges
        favourite={view.favourite && !(unsaved && view.isWatched)}
        isWatched={view.isWatched}
        hovered={hovered && !unsaved}
      />
    </>
  );

  return (
    // The label says all of the content already.
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table cells cannot be positioned
      role="gridcell"
      className="tile"
      aria-colindex={column}
      {...attributes}
    >
      {density === 'compact' ? (
        <CompactContent view={view} calls={calls} />
      ) : (
        <TileContent
          view={view}
          calls={calls}
          lines={density === 'slim' ? 3 : 4}
          withDepartment={withDepartment}
          draft={unsaved ? <DraftText id={id} /> : null}
        />
      )}
      <span className="tile-marks" aria-hidden="true">
        {marks}
      </span>
    </div>
  );
});

/** Text of what an unsaved draft would set, such as `Draft: Away until 15:00`. */
function DraftText({ id }: { id: string }) {
  const t = useT();
  const formats = useFormats();
  const local = useDraft(id)?.local;
  const returnAt = local?.returnTime?.at;
  const time = useClockValue(returnAt === undefined ? null : (now) => formats.returnTime(returnAt, now), id);
  if (local === undefined) return null;
  const state = t(`presence.${local.state}`);
  return t('tile.draft', { draft: time === null ? state : `${state} ${t('tile.until')} ${time}` });
}
