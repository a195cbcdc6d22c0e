import type { ExtensionRow } from '@lampboard/protocol';
import { useDownClock, useDuration } from '../../live/live-context.tsx';
import { dayTime } from '../../ui/day-time.ts';
import { callTime, roughTime } from '../../ui/duration-text.ts';
import { Lamp } from '../../ui/lamp.tsx';
import { LAMP_WORDS } from '../../ui/words.ts';
import './lamp-card.css';

/** What the telephone does, in words. */
export function LampCard({ row: { lamp, lampSince } }: { row: ExtensionRow }) {
  const asOf = useDownClock(dayTime);
  const live = asOf === null;
  const resting = lamp === 'idle' || lamp === 'unavailable' || lamp === 'unknown';
  const duration = useDuration(lampSince, resting ? roughTime : callTime);

  return (
    <div className="lamp-card" data-shown={live ? lamp : 'unknown'}>
      <Lamp lamp={lamp} live={live} />
      <div>
        <strong>{live ? LAMP_WORDS[lamp] : `Last known: ${LAMP_WORDS[lamp]}`}</strong>
        <p>
          {[duration === null ? null : `for ${duration}`, live ? null : `as of ${asOf}`]
            .filter(Boolean)
            .join(', ')}
        </p>
      </div>
    </div>
  );
}
