import type { ReturnTime } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDuration, useServerTimeValue } from '../../data/socket/live-context.tsx';

/** The return time, the state that follows, and the delay once it is overdue. */
export function ReturnTimeLine({
  id,
  returnTime: { at: timestamp, thenState },
}: {
  id: string;
  returnTime: ReturnTime;
}) {
  const t = useT();
  const { returnTime: formatReturnTime } = useFormats();
  const time = useServerTimeValue((now) => formatReturnTime(timestamp, now));
  return (
    <p className="secondary">
      {t('return-time.back', { time })}
      {thenState !== null && `, ${t('return-time.then', { state: t(`presence.${thenState}`) })}`}{' '}
      <Overdue id={id} timestamp={timestamp} />
    </p>
  );
}

/** Delay of an overdue return time; nothing before it is due. Frozen while the extension is not live. */
export function Overdue({ id, timestamp }: { id: string; timestamp: number }) {
  const { overdue } = useFormats();
  const overdueLabel = useDuration(timestamp, (ms) => (ms > 0 ? overdue(ms) : ''), id);
  return overdueLabel !== null && overdueLabel !== '' && <strong className="overdue">{overdueLabel}</strong>;
}
