import type { Call, Kind } from '@lampboard/protocol';
import type { ReactNode } from 'react';
import { useExtension, useIsCallLive } from '../../data/socket/live-context.tsx';
import { CallTime, ParkingBar, useReturnsIn } from '../../entities/call/call-times.tsx';
import { useLineText, useOwnerText, useParkerText } from '../../entities/call/call-text.ts';
import { displayName, hasName, stateLabel } from '../../entities/extension/accessible-name.ts';
import { ApproximateDuration } from '../../entities/extension/badges.tsx';
import { ExtensionLamp, Lamp } from '../../entities/extension/lamp.tsx';
import { useExtensionView } from '../../entities/extension/use-extension-view.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import type { LineWithCalls } from './lines.ts';

interface CardProps {
  line: LineWithCalls;
  onOpen: (id: string) => void;
}

interface LineCardProps extends CardProps {
  kind: Kind;
  /** In place of the lamp's text. */
  status?: ReactNode;
  children?: ReactNode;
}

/** A queue, slot or conference: raised while it has calls, else flat. Its header opens its entry. */
function LineCard({ kind, line: { id, name, calls }, status, onOpen, children }: LineCardProps) {
  const t = useT();
  const isBusy = calls.length > 0;
  return (
    <li className="card line-card" data-busy={isBusy || undefined}>
      {id === null ? (
        <div className="line-header">
          <Lamp kind={kind} lamp={isBusy ? 'in-use' : 'idle'} live />
          <LineTitle {...{ name: name || t(`kind.${kind}`), status }} />
        </div>
      ) : (
        <EntryHeader {...{ id, status, onOpen }} />
      )}
      {children}
    </li>
  );
}

function LineTitle({ name, status }: { name: string; status: ReactNode }) {
  return (
    <span className="line-title">
      <bdi className="line-name truncate" title={name}>
        {name}
      </bdi>
      <span className="secondary truncate">{status}</span>
    </span>
  );
}

interface EntryHeaderProps {
  id: string;
  status?: ReactNode;
  onOpen: (id: string) => void;
}

function EntryHeader({ id, status, onOpen }: EntryHeaderProps) {
  const t = useT();
  const view = useExtensionView(id, { unsaved: false, stale: false });
  if (view === null) return null;
  const { extension, live } = view;
  const state = stateLabel(t, extension);
  return (
    <button
      type="button"
      className="line-header"
      {...view.attributes}
      aria-label={view.ariaLabel}
      onClick={() => onOpen(id)}
    >
      <ExtensionLamp extension={extension} live={live} />
      <LineTitle
        name={displayName(t, extension)}
        status={status ?? (live ? state : t('person.last-known', { lamp: state }))}
      />
      {hasName(extension) && <span className="line-number">{extension.exten}</span>}
    </button>
  );
}

/** A switch, mailbox or room, with the time since its state began. */
export function EntryCard({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const extension = useExtension(id);
  if (extension === undefined) return null;
  return (
    <li className="card line-card">
      <EntryHeader {...{ id, onOpen }} />
      <ApproximateDuration className="line-since" id={id} since={extension.lampSince} />
    </li>
  );
}

/** A party of a line: who, and since when. */
export function PartyItem({
  call,
  children,
  onOpen,
}: {
  call: Call;
  children?: ReactNode;
  onOpen: (id: string) => void;
}) {
  const live = useIsCallLive(call.id);
  const { name, number, id } = useOwnerText()(call);
  const text = (
    <>
      <bdi className="truncate" title={name}>
        {name}
      </bdi>
      {number !== '' && <small className="note">{number}</small>}
    </>
  );
  return (
    <li className="line-call" data-last-known={!live || undefined}>
      {id === null ? (
        <span className="line-party">{text}</span>
      ) : (
        <button type="button" className="line-party" onClick={() => onOpen(id)}>
          {text}
        </button>
      )}
      {children}
      <CallTime call={call} className="line-time" />
    </li>
  );
}

const CallList = ({ calls, onOpen }: { calls: readonly Call[]; onOpen: (id: string) => void }) =>
  calls.length > 0 && (
    <ul className="line-calls">
      {calls.map((call) => (
        <PartyItem key={call.id} {...{ call, onOpen }} />
      ))}
    </ul>
  );

/** A queue with its callers, the longest wait first. */
export function QueueCard({ line, onOpen }: CardProps) {
  const t = useT();
  const { calls } = line;
  const [longest] = calls;
  const status = longest && (
    <>
      {t('lines.waiting', { count: calls.length })} ·{' '}
      <Trans messageKey="call.longest" values={{ duration: <CallTime call={longest} /> }} />
    </>
  );
  return (
    <LineCard kind="queue" {...{ line, onOpen }} {...(status && { status })}>
      <CallList {...{ calls, onOpen }} />
    </LineCard>
  );
}

/** A slot with who is parked there, by whom, and until when. */
export function SlotCard({ line, onOpen }: CardProps) {
  return (
    <LineCard kind="parking" {...{ line, onOpen }}>
      <CallList calls={line.calls} onOpen={onOpen} />
      {line.calls.map((call) => (
        <ParkingFooter key={call.id} call={call} />
      ))}
    </LineCard>
  );
}

function ParkingFooter({ call: { id, since, parking } }: { call: Call }) {
  const t = useT();
  const by = useParkerText()(parking);
  const time = useReturnsIn(id, parking?.returnsAt ?? null);
  if (parking === undefined) return null;
  const timeText = time && t('lines.back-in', { time });
  return (
    <>
      <ParkingBar {...{ id, since, parking }} />
      <p className="note">{[by, timeText].filter(Boolean).join(' · ')}</p>
    </>
  );
}

/** A conference with its parties. */
export function ConferenceCard({ line, onOpen }: CardProps) {
  const t = useT();
  const { calls } = line;
  const [first] = calls;
  const status = first && t('call.people', { count: Math.max(calls.length, first.members ?? 0) });
  return (
    <LineCard kind="conference" {...{ line, onOpen }} {...(status && { status })}>
      <CallList {...{ calls, onOpen }} />
    </LineCard>
  );
}

/** An outside caller without a tile: who, what they do, and since when. */
export function OutsideCard({ call, onOpen }: { call: Call; onOpen: (id: string) => void }) {
  const { before, party, after } = useLineText()(call);
  return (
    <li className="card line-card" data-busy>
      <ul className="line-calls">
        <PartyItem {...{ call, onOpen }} />
      </ul>
      <p className="secondary truncate">{[before, party, after].join('')}</p>
    </li>
  );
}
