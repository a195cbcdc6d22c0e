import type { ReturnTime } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration, useServerTimeValue } from '../../data/socket/live-context.tsx';
import './return-time-line.css';

/** When the person said to be back, and what follows by itself then; from that moment on, how late they are. */
export function ReturnTimeLine({
  returnTime: { at: timestamp, thenState: next },
}: {
  returnTime: ReturnTime;
}) {
  const t = useT();
  const { returnTime: formatReturnTime } = useFormats();
  const time = useServerTimeValue((now) => formatReturnTime(timestamp, now));
  return (
    <p className="return-time-line">
      {t('edits.back', { time })}
      {next !== null && `, ${t('back.then', { state: t(`presence.${next}`) })}`}{' '}
      <Overdue timestamp={timestamp} />
    </p>
  );
}

/** By how much the person is later than they said; nothing while they are not. It stands still while not live. */
export function Overdue({ timestamp }: { timestamp: number }) {
  const { overdue } = useFormats();
  const overdueLabel = useDuration(timestamp, (ms) => (ms > 0 ? overdue(ms) : ''));
  return overdueLabel !== null && overdueLabel !== '' && <strong className="overdue">{overdueLabel}</strong>;
}
