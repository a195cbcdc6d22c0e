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
import './tile.css';
import './tile-states.css';

interface TileProps {
  id: string;
  /** Its place in its row of the grid, from 1. */
  column: number;
  /** Its person is open in the panel. */
  open: boolean;
  /** Enter in the search field opens it. */
  hit: boolean;
  /** It does not fit the filter any more. */
  unfit: boolean;
  /** Something was typed for it that is not saved. */
  unsaved: boolean;
  /** The one tile that Tab reaches. */
  reachable: boolean;
  onOpen: (id: string) => void;
  onReach: (id: string) => void;
}

/** One extension. It selects its own row, and renders only when that row changes. */
export const Tile = memo(function Tile(props: TileProps) {
  const { id, column, open, hit, unfit, unsaved, reachable, onOpen, onReach } = props;
  const t = useT();
  const shown = useExtension(id, { unsaved, unfit });
  const { handlers, near } = useExtensionHandlers(id, { onOpen, onReach });
  if (shown === null) return null;
  const { row, live, calling } = shown;

  return (
    // What is in it is its name already: drawn, and not told a second time.
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- cells of a table cannot be placed freely
      role="gridcell"
      className="tile"
      aria-colindex={column}
      data-extension={id}
      data-lamp={live ? row.lamp : 'unknown'}
      data-last-known={live ? undefined : row.lamp}
      data-presence={row.presence?.state}
      data-hit={hit || undefined}
      data-unfit={unfit || undefined}
      data-unsaved={unsaved || undefined}
      data-told={shown.told || undefined}
      aria-label={shown.words}
      aria-selected={open || undefined}
      tabIndex={reachable ? 0 : -1}
      {...handlers}
    >
      <span className="tile-device" aria-hidden="true">
        <Lamp lamp={row.lamp} live={live} />
        <span className="tile-number">
          <FoundText text={row.exten} />
        </span>
        {calling && <CallTime className="tile-call" since={phoneSince(row)} />}
      </span>
      <span className="tile-person" data-late={shown.late !== null || undefined} aria-hidden="true">
        <span className="tile-name" dir="auto" title={nameText(t, row)}>
          <FoundText text={nameText(t, row)} />
        </span>
        <ContextMark context={shown.context} />
        <TilePresence shown={shown} />
        <TileMessage shown={shown} />
      </span>
      {(near || shown.favourite || shown.told) && (
        <span className="tile-corner" aria-hidden="true">
          <OwnMarks favourite={shown.favourite} told={shown.told} near={near} />
        </span>
      )}
      {unsaved && (
        <span className="tile-unsaved" aria-hidden="true">
          <UnsavedMark />
        </span>
      )}
      {hit && (
        <kbd className="tile-enter" aria-hidden="true">
          {capsOf(KEYS.search.open[0], t)}
        </kbd>
      )}
    </div>
  );
});

/** What the person says, and for how long. */
function TilePresence({ shown: { row, calling, late, contradiction } }: { shown: ShownExtension }) {
  const t = useT();
  const { lampSince, presence, presenceSince } = row;
  return (
    <span className="tile-presence">
      {presence === null ? (
        <span className="tile-word">{telephoneWords(t, row)}</span>
      ) : (
        <Says presence={presence} contradiction={contradiction} />
      )}
      {late === null && !calling && (
        <RoughTime className="tile-duration" since={presence === null ? lampSince : presenceSince} />
      )}
    </span>
  );
}

/** When the person will be back, or how late they are, and the first line of the message, which alone decides its direction. */
function TileMessage({ shown: { row, back, late } }: { shown: ShownExtension }): ReactNode {
  const message = row.presence?.message ?? '';
  const said = useShownLine(row, { withDepartment: true });
  const time = late === null ? back : <LateMark late={late} />;
  if (time === null && said === '') return null;
  return (
    <span className="tile-rest">
      <span className="tile-message" dir="auto" title={message || undefined}>
        {time !== null && <bdi className="tile-back">{time}</bdi>}
        {said !== '' && (
          <span className="tile-said">
            {time !== null && ' · '}
            <FoundText text={said} />
          </span>
        )}
      </span>
    </span>
  );
}
