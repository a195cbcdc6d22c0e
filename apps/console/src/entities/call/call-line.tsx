import type { Call } from '@lampboard/protocol';
import type { ReactNode } from 'react';
import { useIsCallLive } from '../../data/socket/live-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import type { CallLine } from './call-text.ts';
import { CallTime, useReturnsIn } from './call-times.tsx';

interface CallTextProps {
  line: CallLine;
  className: string;
  /** Of what stands at its end. */
  sideClassName: string;
  /** Signs before it. */
  children?: ReactNode;
}

/** `With Hansa Papier AG`, cut where there is no room for it, and how long; grey while calls are not live. */
export function CallText({
  line: { call, before, party, after, label },
  className,
  sideClassName,
  children,
}: CallTextProps) {
  const live = useIsCallLive(call.id);
  return (
    <span className={className} data-last-known={!live || undefined}>
      {children}
      <span className="truncate" title={label}>
        {before}
        {party !== '' && (
          <b>
            <bdi>{party}</bdi>
          </b>
        )}
        {after}
      </span>
      <CallSide call={call} className={sideClassName} />
    </span>
  );
}

/** At the end of a call's line: until when it is parked, how many take part, or how long it takes. */
function CallSide({ call, className }: { call: Call; className: string }) {
  const t = useT();
  const returnsIn = useReturnsIn(call.id, call.parking?.returnsAt ?? null);
  if (returnsIn !== null)
    return <span className={className}>{t('call.returns-in', { time: returnsIn })}</span>;
  return call.state === 'conference' ? (
    <span className={className}>{t('call.people', { count: call.members ?? 1 })}</span>
  ) : (
    <CallTime className={className} call={call} short />
  );
}
