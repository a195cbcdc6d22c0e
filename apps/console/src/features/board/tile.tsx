import { isOnThePhone, isRinging } from '@lampboard/board';
import { PencilLine } from 'lucide-react';
import { type KeyboardEvent, memo } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration, useIsLive, useRow } from '../../live/live-context.tsx';
import { KEYS, boundKey, capsOf } from '../../ui/keys.ts';
import { Lamp } from '../../ui/lamp.tsx';
import { PresenceBadge } from '../../ui/presence-badge.tsx';
import { firstLine, tileWords } from './tile-words.ts';
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
  /** Something was typed for it that is not saved. */
  unsaved: boolean;
  /** The one tile that Tab reaches. */
  reachable: boolean;
  onOpen: (id: string) => void;
  onReach: (id: string) => void;
}

/** One extension. It selects its own row, and renders only when that row changes. */
export const Tile = memo(function Tile(props: TileProps) {
  const { id, column, open, hit, unsaved, reachable, onOpen, onReach } = props;
  const t = useT();
  const row = useRow(id);
  const live = useIsLive();
  if (row === undefined) return null;
  const { exten, person, lamp, lampSince, presence, presenceSince } = row;
  const calling = isOnThePhone(lamp) || isRinging(lamp);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || boundKey('board', event) !== 'open') return;
    event.preventDefault();
    onOpen(id);
  };

  return (
    // What is in it is its name already: drawn, and not told a second time.
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- cells of a table cannot be placed freely
      role="gridcell"
      className="tile"
      aria-colindex={column}
      data-extension={id}
      data-lamp={live ? lamp : 'unknown'}
      data-last-known={live ? undefined : lamp}
      data-presence={presence?.state}
      data-hit={hit || undefined}
      data-unsaved={unsaved || undefined}
      aria-label={tileWords(t, row, { live, unsaved })}
      aria-selected={open || undefined}
      tabIndex={reachable ? 0 : -1}
      onClick={() => onOpen(id)}
      onKeyDown={onKeyDown}
      onFocus={() => onReach(id)}
    >
      <span className="tile-device" aria-hidden="true">
        <Lamp lamp={lamp} live={live} />
        <span className="tile-number">{exten}</span>
        {calling && <CallTime since={lampSince} />}
      </span>
      <span className="tile-person" aria-hidden="true">
        <span className="tile-name" dir="auto" title={person.name}>
          {person.name}
        </span>
        <span className="tile-presence">
          <span className="tile-says">
            {presence === null ? (
              <span className="tile-word">{t(`lamp.${lamp}`)}</span>
            ) : (
              <PresenceBadge state={presence.state} />
            )}
            <span className="tile-subtype" dir="auto">
              {presence?.subtype}
            </span>
          </span>
          {!calling && <RoughTime since={presence === null ? lampSince : presenceSince} />}
        </span>
        {presence !== null && presence.message !== '' && (
          <span className="tile-message" dir="auto" title={presence.message}>
            {firstLine(presence.message)}
          </span>
        )}
      </span>
      {unsaved && (
        <span className="tile-unsaved" title={t('tile.not-saved-title')} aria-hidden="true">
          <PencilLine size={14} />
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

/** How long the telephone has been at it: beside the lamp, in seconds. */
function CallTime({ since }: { since: number | null }) {
  const text = useDuration(since, useFormats().callTime);
  return <span className="tile-call">{text}</span>;
}

/** How long the presence, or without one the lamp, has been so. */
function RoughTime({ since }: { since: number | null }) {
  const text = useDuration(since, useFormats().roughTime);
  return text === null ? null : <span className="tile-duration">{text}</span>;
}
