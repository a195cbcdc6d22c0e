import { type PastCall, isAllowed, pbxIdOf } from '@lampboard/protocol';
import { PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react';
import { useId, useState } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { useCalls, useLiveState, useLocalTime } from '../../data/socket/live-context.tsx';
import { usePartyText } from '../../entities/call/call-text.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldHeading, FieldNote } from '../../ui/form/field.tsx';
import { useRefreshAfterChange } from './use-refresh.ts';
import './past-calls.css';

const MAX_VISIBLE = 5;

/** The calls of an extension that have ended, where the site keeps them. */
export function PastCalls({ id }: { id: string }) {
  const me = useMe();
  const hasCalls = useLiveState(({ board }) => {
    const pbxs = board?.pbxs ?? new Map<string, never>();
    return pbxs.get(pbxIdOf(id, pbxs.keys()))?.callsLink !== undefined;
  });
  return hasCalls && me !== null && isAllowed(me, 'list-calls', { id }) ? <Calls id={id} /> : null;
}

function Calls({ id }: { id: string }) {
  const t = useT();
  const headingId = useId();
  const [isExpanded, setIsExpanded] = useState(false);
  const { reply, refresh } = useCommandQuery('list-calls', { id });
  const lines = useCalls(id)
    .map((call) => call.id)
    .toSorted()
    .join(' ');
  useRefreshAfterChange(lines, refresh);
  if (reply?.ok !== true || reply.value.retentionDays === 0) return null;
  const { calls } = reply.value;
  const visible = isExpanded ? calls : calls.slice(0, MAX_VISIBLE);

  return (
    <section className="past-calls" aria-labelledby={headingId}>
      <FieldHeading id={headingId}>{t('past-calls.heading')}</FieldHeading>
      {calls.length === 0 && <FieldNote>{t('past-calls.none')}</FieldNote>}
      <ul>
        {visible.map((call, index) => (
          // Keyed from the oldest: two may have the same time.
          <PastCallItem key={calls.length - index} call={call} />
        ))}
      </ul>
      {visible.length < calls.length && (
        <Button variant="ghost" onClick={() => setIsExpanded(true)}>
          {t('past-calls.more', { count: calls.length - visible.length })}
        </Button>
      )}
    </section>
  );
}

const ICONS = {
  missed: PhoneMissed,
  incoming: PhoneIncoming,
  outgoing: PhoneOutgoing,
  unanswered: PhoneOutgoing,
};

function PastCallItem({ call }: { call: PastCall }) {
  const t = useT();
  const { dateTime, callDuration } = useFormats();
  const when = useLocalTime(call.startedAt, dateTime);
  const { incoming, answeredAt, endedAt } = call;
  const { name, number } = usePartyText()(call.party ?? { number: '', name: '' }, incoming);
  const kind =
    answeredAt === null ? (incoming ? 'missed' : 'unanswered') : incoming ? 'incoming' : 'outgoing';
  const Icon = ICONS[kind];
  const duration = answeredAt === null ? null : callDuration(Math.max(0, endedAt - answeredAt));
  return (
    <li data-call-kind={kind}>
      <Icon aria-hidden="true" />
      <span className="visually-hidden">{t(`past-calls.${kind}`)}</span>
      <span className="past-call-party">
        <bdi title={number === '' ? name : `${name} ${number}`}>{name}</bdi>
        {number !== '' && <span className="note">{number}</span>}
      </span>
      <span className="note">
        <time dateTime={new Date(call.startedAt).toISOString()}>{when}</time>
        {duration === null ? (
          <span aria-hidden="true"> · {t(`past-calls.${kind}`)}</span>
        ) : (
          <> · {duration}</>
        )}
      </span>
    </li>
  );
}
