import type { ExtensionRow } from '@lampboard/protocol';
import { telephoneWords } from '../../extension/extension-words.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDownClock, useDuration } from '../../live/live-context.tsx';
import { Lamp } from '../../ui/lamp.tsx';
import './lamp-card.css';

/** What the telephone does, in words. */
export function LampCard({ row }: { row: ExtensionRow }) {
  const t = useT();
  const { lamp, lampSince } = row;
  const { callTime, dayTime, roughTime } = useFormats();
  const asOf = useDownClock(dayTime);
  const live = asOf === null;
  const resting = lamp === 'idle' || lamp === 'unavailable' || lamp === 'unknown';
  const duration = useDuration(lampSince, resting ? roughTime : callTime);
  const words = telephoneWords(t, row);
  const facts = [
    duration === null ? null : t('person.for', { duration }),
    asOf === null ? null : t('person.as-of', { time: asOf }),
  ];

  return (
    <div className="lamp-card" data-shown={live ? lamp : 'unknown'}>
      <Lamp lamp={lamp} live={live} />
      <div>
        <strong>{live ? words : t('person.last-known', { lamp: words })}</strong>
        <p>{facts.filter(Boolean).join(', ')}</p>
      </div>
    </div>
  );
}
