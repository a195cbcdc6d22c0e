import { memo } from 'react';
import { useCallLines } from '../../entities/call/call-text.ts';
import { TileContent } from '../../entities/tile/tile-content.tsx';
import { useExtensionView } from '../../entities/extension/use-extension-view.ts';

const READ_ONLY = { unsaved: false, stale: false, isPublic: true };

/** One read-only extension; renders only when its own state changes. */
export const WallTile = memo(function WallTile({ id }: { id: string }) {
  const calls = useCallLines(id, true);
  const view = useExtensionView(id, { ...READ_ONLY, calls });
  if (view === null) return null;
  return (
    <li>
      <div
        // The label says all of the content already.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no picture is loaded
        role="img"
        className="tile"
        {...view.attributes}
        aria-label={view.ariaLabel}
      >
        <TileContent view={view} calls={calls} lines={4} withDepartment={false} />
      </div>
    </li>
  );
});
