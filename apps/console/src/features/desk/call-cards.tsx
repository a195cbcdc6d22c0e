import type { ReactNode } from 'react';
import { useIsCallLive } from '../../data/socket/live-context.tsx';
import { CallTime, ParkingBar, useReturnsIn } from '../../entities/call/call-times.tsx';
import type { useParkedCalls, useWaitingCalls } from '../../entities/call/use-calls.ts';
import { type PartyText, useOwnerText, useParkerText } from '../../entities/call/call-text.ts';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import { Trans, useT } from '../../i18n/i18n-context.tsx';

/** The owner of an outside line is taken for a person. */
const CALLER = { kind: 'person', lamp: 'in-use', presence: null } as const;

interface CallCardProps {
  id: string;
  callState: 'waiting' | 'parked';
  party: PartyText;
  note: ReactNode;
  bar?: ReactNode;
  onOpen: (id: string) => void;
  children?: ReactNode;
}

/** A call; the name opens the person, if it is one of the board. */
function CallCard({ id, callState, party, note, bar, onOpen, children }: CallCardProps) {
  const live = useIsCallLive(id);
  const { id: extension } = party;
  const text = (
    <>
      <bdi className="desk-name truncate" title={party.name}>
        {party.name}
      </bdi>
      <span className="desk-note truncate">{note}</span>
    </>
  );
  return (
    <li className="card desk-line desk-card" data-last-known={!live || undefined}>
      <ExtensionLamp extension={CALLER} callStates={[callState]} live={live} />
      <div className="desk-card-text">
        {extension === null ? (
          <span className="desk-open">{text}</span>
        ) : (
          <button type="button" className="desk-open" onClick={() => onOpen(extension)}>
            {text}
          </button>
        )}
        {bar}
      </div>
      {children}
    </li>
  );
}

interface WaitingCardProps {
  call: ReturnType<typeof useWaitingCalls>[number];
  /** Its name. */
  queue: string;
  onOpen: (id: string) => void;
}

export function WaitingCard({ call, queue, onOpen }: WaitingCardProps) {
  const t = useT();
  const party = useOwnerText()(call);
  const note =
    party.number === ''
      ? t('call.in-queue', { queue }).trimEnd()
      : [party.number, queue].filter(Boolean).join(' · ');
  return (
    <CallCard id={call.id} callState="waiting" {...{ party, note, onOpen }}>
      <CallTime call={call} className="desk-time" />
    </CallCard>
  );
}

interface ParkedCardProps {
  call: ReturnType<typeof useParkedCalls>[number];
  onOpen: (id: string) => void;
}

/** A parked call: where, until when, and who parked it. */
export function ParkedCard({ call, onOpen }: ParkedCardProps) {
  const { id, since, parking } = call;
  const party = useOwnerText()(call);
  const by = useParkerText()(parking);
  const time = useReturnsIn(id, parking.returnsAt);
  const slot = time === null ? parking.slot : <SlotAndTime slot={parking.slot} time={time} />;
  const note =
    by === null || slot === '' ? (
      slot || by
    ) : (
      <Trans messageKey="call.parking-and-by" values={{ parking: slot, by }} />
    );
  return (
    <CallCard
      callState="parked"
      bar={<ParkingBar {...{ id, since, parking }} />}
      {...{ id, party, note, onOpen }}
    >
      {time === null && <CallTime call={call} className="desk-time" />}
    </CallCard>
  );
}

function SlotAndTime({ slot, ...values }: { slot: string; time: string }) {
  const time = <strong>{values.time}</strong>;
  return slot === '' ? (
    <Trans messageKey="call.returns-in" values={{ time }} />
  ) : (
    <Trans messageKey="call.back-in" values={{ slot, time }} />
  );
}

export function LongestWait({ call }: Pick<WaitingCardProps, 'call'>) {
  return <Trans messageKey="call.longest" values={{ duration: <CallTime call={call} /> }} />;
}
