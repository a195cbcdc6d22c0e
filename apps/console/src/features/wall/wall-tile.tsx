import { phoneSince } from '@lampboard/model';
import { memo } from 'react';
import {
  firstLine,
  displayName,
  featuresText,
  stateLabel,
} from '../../entities/extension/accessible-name.ts';
import { CallDuration, DistinctionBadge, PhoneBadges } from '../../entities/extension/badges.tsx';
import { PresenceSummary } from '../../entities/extension/presence-summary.tsx';
import { useExtensionView } from '../../entities/extension/use-extension-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import './wall-tile.css';

const READ_ONLY = { unsaved: false, stale: false, isPublic: true };

/** One read-only extension; renders only when its own state changes. */
export const WallTile = memo(function WallTile({ id }: { id: string }) {
  const t = useT();
  const view = useExtensionView(id, READ_ONLY);
  if (view === null) return null;
  const { extension, live, features, onCall, returnTimeLabel, overdue, mismatch, ariaLabel } = view;
  const line = overdue ?? returnTimeLabel ?? featuresText(features);
  const { exten, presence } = extension;
  const message = firstLine(presence?.message ?? '');

  return (
    <li>
      <div
        // The label says all of the content already.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no picture is loaded
        role="img"
        className="wall-tile"
        {...view.attributes}
        aria-label={ariaLabel}
      >
        <span className="wall-phone">
          <ExtensionLamp extension={extension} live={live} />
          <span className="wall-number">{exten}</span>
          {onCall && (
            <span className="wall-call">
              <CallDuration id={id} since={phoneSince(extension)} />
            </span>
          )}
          <PhoneBadges features={features} />
        </span>
        <span className="wall-person">
          <span className="wall-name" dir="auto">
            {displayName(t, extension)}
          </span>
          <DistinctionBadge distinction={view.distinction} />
          <span className="wall-presence">
            {presence === null ? (
              stateLabel(t, extension)
            ) : (
              <PresenceSummary presence={presence} mismatch={mismatch} />
            )}
          </span>
          {line !== '' && (
            <span className="wall-return-time" data-overdue={overdue !== null || undefined}>
              {line}
            </span>
          )}
          {message !== '' && (
            <span className="wall-message" dir="auto">
              {message}
            </span>
          )}
        </span>
      </div>
    </li>
  );
});
