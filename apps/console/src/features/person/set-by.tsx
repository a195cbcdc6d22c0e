import type { ExtensionRow } from '@lampboard/protocol';
import { useMoment } from '../../live/live-context.tsx';
import { dayTime } from '../../ui/day-time.ts';
import './set-by.css';

/** Who set the presence, and when; nothing where nobody saw it. */
export function SetBy({ row: { presenceBy, presenceSince } }: { row: ExtensionRow }) {
  const at = useMoment(presenceSince, dayTime);
  if (presenceBy === null) return null;
  return (
    <p className="set-by">
      {presenceBy.kind === 'account' ? (
        <>
          Set by <bdi>{presenceBy.name}</bdi>
        </>
      ) : (
        'Set on the telephone'
      )}
      {at !== null && `, ${at}`}
    </p>
  );
}
