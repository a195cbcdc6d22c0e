import type { Call } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import type { CallLine } from './call-text.ts';
import { CallTime, useReturnsIn } from './call-times.tsx';

/** `With Hansa Papier AG`, cut where there is no room for it. */
export function CallLabel({ line: { before, party, after, label } }: { line: CallLine }) {
  return (
    <span className="truncate" title={label}>
      {before}
      {party !== '' && (
        <b>
          <bdi>{party}</bdi>
        </b>
      )}
      {after}
    </span>
  );
}

/** Beside it: until when a call is parked, how many take part, or how long it takes. */
export function CallSide({ call, className }: { call: Call; className: string }) {
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
