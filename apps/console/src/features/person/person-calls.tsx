import type { Call } from '@lampboard/protocol';
import { useIsCallLive } from '../../data/socket/live-context.tsx';
import { type CallLine, useCallLines, useParkerText, usePartyText } from '../../entities/call/call-text.ts';
import { CallTime, ParkingBar, useReturnsIn } from '../../entities/call/call-times.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import './person.css';

interface PersonCallsProps {
  id: string;
  /** Opens the other party; undefined where nobody can be opened. */
  onOpen?: ((id: string) => void) | undefined;
}

/** Every line of an extension, with its parties; nothing without one. */
export function PersonCalls({ id, onOpen }: PersonCallsProps) {
  const t = useT();
  const lines = useCallLines(id);
  if (lines.length === 0) return null;
  return (
    <section className="card person-calls" aria-label={t('call.calls')}>
      <ul>
        {lines.map((line) => (
          <CallItem key={line.call.id} line={line} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

function CallItem({ line, onOpen }: Pick<PersonCallsProps, 'onOpen'> & { line: CallLine }) {
  const { call, before, party, after } = line;
  const live = useIsCallLive(call.id);
  const entry = call.party?.extension;
  const name = <bdi>{party}</bdi>;
  return (
    <li data-call={call.state} data-last-known={!live || undefined}>
      <p className="person-call">
        <span>
          {before}
          {party !== '' &&
            (entry === undefined || onOpen === undefined ? (
              <strong>{name}</strong>
            ) : (
              <button type="button" className="text-button" onClick={() => onOpen(entry)}>
                {name}
              </button>
            ))}
          {after}
        </span>
        <CallTime call={call} />
      </p>
      <CallNotes call={call} />
    </li>
  );
}

/** The number, the queue it came through, and what parking adds. */
function CallNotes({ call }: { call: Call }) {
  const t = useT();
  const partyText = usePartyText();
  const parkerText = useParkerText();
  const { party, parking, queue = '', state, incoming, members = 1 } = call;
  const returnsIn = useReturnsIn(call.id, parking?.returnsAt ?? null);
  const notes = [
    party === null ? '' : partyText(party, incoming).number,
    queue === '' || state === 'waiting' ? '' : t('call.in-queue', { queue }),
    state === 'conference' ? t('call.people', { count: members }) : '',
    returnsIn === null ? '' : t('call.returns-in', { time: returnsIn }),
    parkerText(parking),
  ].filter(Boolean);
  return (
    <>
      {notes.length > 0 && <p className="note">{notes.join(' · ')}</p>}
      {parking !== undefined && <ParkingBar id={call.id} since={call.since} parking={parking} />}
    </>
  );
}
