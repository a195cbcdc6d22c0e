import { phoneSince } from '@lampboard/model';
import { type ReactNode, memo } from 'react';
import { displayName, featuresText, stateLabel } from '../../entities/extension/accessible-name.ts';
import { HighlightedText, useMessagePreview } from '../../entities/extension/search-highlight.tsx';
import {
  CallDuration,
  DistinctionBadge,
  OverdueBadge,
  PhoneBadges,
  UserBadges,
  ApproximateDuration,
  UnsavedBadge,
} from '../../entities/extension/badges.tsx';
import { PresenceSummary } from '../../entities/extension/presence-summary.tsx';
import { type ExtensionCellProps, useExtensionCell } from '../../entities/extension/use-extension-cell.ts';
import type { ExtensionView } from '../../entities/extension/use-extension-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { SHORTCUTS, keyLabels } from '../../keyboard/shortcuts.ts';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import './tile.css';

interface TileProps extends ExtensionCellProps {
  /** Position in the grid row, from 1. */
  column: number;
}

/** One extension; renders only when its own state changes. */
export const Tile = memo(function Tile(props: TileProps) {
  const { column, highlighted, unsaved } = props;
  const t = useT();
  const cell = useExtensionCell(props);
  if (cell === null) return null;
  const { view, attributes, hovered } = cell;
  const { extension, live, onCall } = view;

  return (
    // The label says all of the content already.
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table cells cannot be positioned
      role="gridcell"
      className="tile"
      aria-colindex={column}
      data-unsaved={unsaved || undefined}
      data-watched={view.isWatched || undefined}
      {...attributes}
    >
      <span className="tile-phone" aria-hidden="true">
        <ExtensionLamp extension={extension} live={live} />
        <span className="tile-number">
          <HighlightedText text={extension.exten} />
        </span>
        {onCall && <CallDuration className="tile-call" id={extension.id} since={phoneSince(extension)} />}
      </span>
      <span className="tile-person" data-overdue={view.overdue !== null || undefined} aria-hidden="true">
        <span className="tile-name" dir="auto" title={displayName(t, extension)}>
          <HighlightedText text={displayName(t, extension)} />
        </span>
        <DistinctionBadge distinction={view.distinction} />
        <TilePresence view={view} />
        <TileMessage view={view} />
      </span>
      {(hovered || view.favourite || view.isWatched) && (
        <span className="tile-badges" aria-hidden="true">
          <UserBadges favourite={view.favourite} isWatched={view.isWatched} hovered={hovered} />
        </span>
      )}
      {unsaved && (
        <span className="tile-unsaved" aria-hidden="true">
          <UnsavedBadge />
        </span>
      )}
      {highlighted && (
        <kbd className="tile-enter-key" aria-hidden="true">
          {keyLabels(SHORTCUTS.search.open[0], t)}
        </kbd>
      )}
    </div>
  );
});

function TilePresence({ view }: { view: ExtensionView }) {
  const { extension, features, onCall, overdue, mismatch } = view;
  const t = useT();
  const { lampSince, presence, presenceSetAt } = extension;
  return (
    <span className="tile-presence">
      {presence === null ? (
        <span className="tile-phone-state">
          <span className="truncate">{stateLabel(t, extension)}</span>
          <PhoneBadges features={features} />
        </span>
      ) : (
        <PresenceSummary presence={presence} mismatch={mismatch} features={features} />
      )}
      {overdue === null && !onCall && (
        <ApproximateDuration
          className="tile-duration"
          id={extension.id}
          since={presence === null ? lampSince : presenceSetAt}
        />
      )}
    </span>
  );
}

function TileMessage({
  view: { extension, features, returnTimeLabel, overdue },
}: {
  view: ExtensionView;
}): ReactNode {
  const message = extension.presence?.message ?? '';
  const preview = useMessagePreview(extension, { withDepartment: true });
  const time = overdue === null ? returnTimeLabel : <OverdueBadge overdue={overdue} />;
  const phoneText = time === null ? featuresText(features) : '';
  const isFirst = time === null && phoneText === '';
  if (isFirst && preview === '') return null;
  return (
    <span className="tile-details">
      <span className="tile-message" dir="auto" title={message || undefined}>
        {phoneText !== '' && <bdi className="tile-return-time">{phoneText}</bdi>}
        {time !== null && <bdi className="tile-return-time">{time}</bdi>}
        {preview !== '' && (
          <span className="tile-text">
            {!isFirst && ' · '}
            <HighlightedText text={preview} />
          </span>
        )}
      </span>
    </span>
  );
}
