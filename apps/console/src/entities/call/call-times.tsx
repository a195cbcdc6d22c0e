import type { Call, Parking } from '@lampboard/protocol';
import { useCallClockValue } from '../../data/socket/live-context.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import './call.css';

interface CallTimeProps {
  call: Pick<Call, 'id' | 'since' | 'sinceAtLeast'>;
  className?: string;
  /** Says “at least” by a sign. */
  short?: boolean;
}

/** The duration of a line, in seconds; it stops while calls are not live. */
export function CallTime({ call: { id, since, sinceAtLeast }, className, short = false }: CallTimeProps) {
  const t = useT();
  const { callDuration } = useFormats();
  const duration = useCallClockValue(
    since === null ? null : (now) => callDuration(Math.max(0, now - since)),
    id,
  );
  if (duration === null) return null;
  if (sinceAtLeast !== true) return <time className={className}>{duration}</time>;
  const minimum = t('call.at-least', { duration });
  return (
    <time className={className} title={minimum}>
      {short ? t('call.at-least-short', { duration }) : minimum}
    </time>
  );
}

/** The time until a parked call rings again. */
export function useReturnsIn(id: string, returnsAt: Parking['returnsAt']): string | null {
  const { callDuration } = useFormats();
  return useCallClockValue(
    returnsAt === null ? null : (now) => callDuration(Math.max(0, returnsAt - now)),
    id,
  );
}

interface ParkingBarProps {
  id: string;
  since: number | null;
  parking: Parking;
}

/** The time left, as a part of the whole; visual only, beside its words. */
export function ParkingBar({ id, since, parking: { returnsAt } }: ParkingBarProps) {
  const left = useCallClockValue(
    returnsAt === null || since === null || returnsAt <= since
      ? null
      : (now) => Math.round(100 * Math.min(1, Math.max(0, (returnsAt - now) / (returnsAt - since)))),
    id,
  );
  if (left === null) return null;
  return (
    <span className="parking-bar" aria-hidden="true">
      <span style={{ width: `${left}%` }} />
    </span>
  );
}
