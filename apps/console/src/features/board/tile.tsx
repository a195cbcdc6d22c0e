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
import './tile.css';

interface TileProps {
  id: string;
  /** Its place in its row of the grid, from 1. */
  column: number;
  /** Its person is open in the panel. */
  open: boolean;
  /** Enter in the search field opens it. */
  highlighted: boolean;
  /** It does not fit the filter any more. */
  stale: boolean;
  /** Something was typed for it that is not saved. */
  unsaved: boolean;
  /** The one tile that Tab reaches. */
  tabbable: boolean;
  onOpen: (id: string) => void;
  onFocusTile: (id: string) => void;
}

/** One extension. It selects its own row, and renders only when that row changes. */
export const Tile = memo(function Tile(props: TileProps) {
  const { id, column, open, highlighted, stale, unsaved, tabbable, onOpen, onFocusTile } = props;
  const t = useT();
  const view = useExtensionView(id, { unsaved, stale });
  const { handlers, hovered } = useExtensionHandlers(id, { onOpen, onFocusTile });
  if (view === null) return null;
  const { extension, live, onCall } = view;

  return (
    // What is in it is its name already: drawn, and not told a second time.
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- cells of a table cannot be placed freely
      role="gridcell"
      className="tile"
      aria-colindex={column}
      data-extension={id}
      data-lamp={live ? extension.lamp : 'unknown'}
      data-last-known={live ? undefined : extension.lamp}
      data-presence={extension.presence?.state}
      data-highlighted={highlighted || undefined}
      data-stale={stale || undefined}
      data-unsaved={unsaved || undefined}
      data-watched={view.isWatched || undefined}
      aria-label={view.ariaLabel}
      aria-selected={open || undefined}
      tabIndex={tabbable ? 0 : -1}
      {...handlers}
    >
      <span className="tile-phone" aria-hidden="true">
        <Lamp lamp={extension.lamp} live={live} />
        <span className="tile-number">
          <HighlightedText text={extension.exten} />
        </span>
        {onCall && <CallDuration className="tile-call" since={phoneSince(extension)} />}
      </span>
      <span className="tile-person" data-overdue={view.overdue !== null || undefined} aria-hidden="true">
        <span className="tile-name" dir="auto" title={displayName(t, extension)}>
          <HighlightedText text={displayName(t, extension)} />
        </span>
        <ContextBadge context={view.context} />
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

/** What the person says, and for how long. */
function TilePresence({ view: { extension, onCall, overdue, mismatch } }: { view: ExtensionView }) {
  const t = useT();
  const { lampSince, presence, presenceSetAt } = extension;
  return (
    <span className="tile-presence">
      {presence === null ? (
        <span className="tile-phone-state">{phoneStateLabel(t, extension)}</span>
      ) : (
        <PresenceSummary presence={presence} mismatch={mismatch} />
      )}
      {overdue === null && !onCall && (
        <ApproximateDuration
          className="tile-duration"
          since={presence === null ? lampSince : presenceSetAt}
        />
      )}
    </span>
  );
}

/** When the person will be back, or how late they are, and the first line of the message, which alone decides its direction. */
function TileMessage({ view: { extension, returnTimeLabel, overdue } }: { view: ExtensionView }): ReactNode {
  const message = extension.presence?.message ?? '';
  const preview = useMessagePreview(extension, { withDepartment: true });
  const time = overdue === null ? returnTimeLabel : <OverdueBadge overdue={overdue} />;
  if (time === null && preview === '') return null;
  return (
    <span className="tile-details">
      <span className="tile-message" dir="auto" title={message || undefined}>
        {time !== null && <bdi className="tile-return-time">{time}</bdi>}
        {preview !== '' && (
          <span className="tile-text">
            {time !== null && ' · '}
            <HighlightedText text={preview} />
          </span>
        )}
      </span>
    </span>
  );
}
