import { phoneSince } from '@lampboard/board';
import { memo } from 'react';
import { firstLine, nameText, telephoneWords } from '../../extension/extension-words.ts';
import { CallTime, ContextMark } from '../../extension/marks.tsx';
import { Says } from '../../extension/says.tsx';
import { useExtension } from '../../extension/use-extension.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Lamp } from '../../ui/lamp.tsx';
import './wall-tile.css';

const NOT_TYPED = { unsaved: false, unfit: false };

/** One extension, read only; it renders only when its row changes. */
export const WallTile = memo(function WallTile({ id }: { id: string }) {
  const t = useT();
  const shown = useExtension(id, NOT_TYPED);
  if (shown === null) return null;
  const { row, live, calling, back, late, contradiction, words } = shown;
  const { exten, lamp, presence } = row;
  const said = firstLine(presence?.message ?? '');

  return (
    <li>
      <div
        // A picture with a name: what is drawn in it is not told a second time.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no picture is loaded
        role="img"
        className="wall-tile"
        data-extension={id}
        data-lamp={live ? lamp : 'unknown'}
        data-last-known={live ? undefined : lamp}
        data-presence={presence?.state}
        aria-label={words}
      >
        <span className="wall-device">
          <Lamp lamp={lamp} live={live} />
          <span className="wall-number">{exten}</span>
          {calling && (
            <span className="wall-call">
              <CallTime since={phoneSince(row)} />
            </span>
          )}
        </span>
        <span className="wall-person">
          <span className="wall-name" dir="auto">
            {nameText(t, row)}
          </span>
          <ContextMark context={shown.context} />
          <span className="wall-presence">
            {presence === null ? (
              telephoneWords(t, row)
            ) : (
              <Says presence={presence} contradiction={contradiction} />
            )}
          </span>
          {(late ?? back) !== null && (
            <span className="wall-back" data-late={late !== null || undefined}>
              {late ?? back}
            </span>
          )}
          {said !== '' && (
            <span className="wall-message" dir="auto">
              {said}
            </span>
          )}
        </span>
      </div>
    </li>
  );
});
