import { type ReactNode, type Ref, useCallback, useId, useImperativeHandle, useRef } from 'react';
import type { Kind } from '@lampboard/protocol';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { useLiveState } from '../../data/socket/live-context.tsx';
import { hasCallsLink } from '../../data/socket/connection-state.ts';
import { BY_NUMBER } from '../../entities/extension/select/order.ts';
import type { BoardGridHandle } from '../../entities/extension/board-view-props.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { ConferenceCard, EntryCard, OutsideCard, QueueCard, SlotCard } from './line-cards.tsx';
import { type LineWithCalls, useLinesWithCalls } from './lines.ts';
import './lines.css';

/** More cards of a section are counted only; its own group has all. */
const MAX_CARDS = 100;

interface LinesViewProps {
  handle: Ref<BoardGridHandle>;
  onOpen: (id: string) => void;
}

/** Queues, slots and conferences with their calls, outside callers, and the other functions and rooms. */
export function LinesView({ handle, onOpen }: LinesViewProps) {
  const t = useT();
  const root = useRef<HTMLDivElement>(null);
  const hasCalls = useLiveState(hasCallsLink);
  const { queues, slots, conferences, outside } = useLinesWithCalls();
  const switches = useIdsOfKind('switch');
  const mailboxes = useIdsOfKind('mailbox');
  const rooms = useIdsOfKind('room');
  useImperativeHandle(handle, () => ({
    focusTile: (id) => {
      const selector = id === undefined ? 'button' : `[data-extension="${CSS.escape(id)}"]`;
      root.current?.querySelector<HTMLElement>(selector)?.focus();
    },
  }));
  const entryCard = (id: string) => <EntryCard key={id} {...{ id, onOpen }} />;
  const isEmpty = [queues, slots, conferences, outside, switches, mailboxes, rooms].every(
    ({ length }) => length === 0,
  );
  return (
    <div ref={root} className="board-scroller lines-view">
      {isEmpty && (
        <div className="empty-state">
          <h2>{t('lines.empty')}</h2>
          <p>{t('lines.empty-description')}</p>
        </div>
      )}
      <Section heading={t('kinds.queue')} items={queues}>
        {(line) => <QueueCard key={line.key} {...{ line, onOpen }} />}
      </Section>
      <Section heading={t('kinds.parking')} items={slots}>
        {(line) => <SlotCard key={line.key} {...{ line, onOpen }} />}
      </Section>
      <Section heading={t('kinds.conference')} items={conferences}>
        {(line) => <ConferenceCard key={line.key} {...{ line, onOpen }} />}
      </Section>
      <Section heading={t('lines.outside')} items={hasCalls ? outside : []}>
        {(call) => <OutsideCard key={call.id} {...{ call, onOpen }} />}
      </Section>
      <Section heading={t('kinds.switch')} items={switches}>
        {entryCard}
      </Section>
      <Section heading={t('kinds.mailbox')} items={mailboxes}>
        {entryCard}
      </Section>
      <Section heading={t('kinds.room')} items={rooms}>
        {entryCard}
      </Section>
    </div>
  );
}

interface SectionProps<T> {
  heading: string;
  items: readonly T[];
  children: (item: T) => ReactNode;
}

function Section<T>({ heading, items, children }: SectionProps<T>) {
  const t = useT();
  const id = useId();
  if (items.length === 0) return null;
  const hiddenCount = items.length - MAX_CARDS;
  return (
    <section className="lines-section" aria-labelledby={id}>
      <h2 id={id}>
        {heading} <span className="lines-count">{items.length.toLocaleString(t.locale)}</span>
      </h2>
      <ul>{items.slice(0, MAX_CARDS).map((item) => children(item))}</ul>
      {hiddenCount > 0 && <p className="note">{t('desk.more', { count: hiddenCount })}</p>}
    </section>
  );
}

/** By number. */
function useIdsOfKind(kind: Kind): readonly string[] {
  return useBoardValue(
    useCallback(
      (extensions: Extensions) =>
        [...extensions.values()]
          .filter((extension) => extension.kind === kind)
          .toSorted(BY_NUMBER.compare)
          .map(({ id }) => id),
      [kind],
    ),
  );
}

interface LinesHeaderProps {
  heading: string;
}

/** The heading, with `5 callers waiting · 2 parked · 1 conference`. */
export function LinesHeader({ heading }: LinesHeaderProps) {
  const t = useT();
  const hasCalls = useLiveState(hasCallsLink);
  const { queues, slots, conferences } = useLinesWithCalls();
  const countCalls = (lines: readonly LineWithCalls[]) =>
    lines.reduce((sum, { calls }) => sum + calls.length, 0);
  const counts = [
    t('lines.waiting-count', { count: countCalls(queues) }),
    t('lines.parked-count', { count: countCalls(slots) }),
    t('lines.conference-count', { count: conferences.filter(({ calls }) => calls.length > 0).length }),
  ];
  return (
    <header className="board-header">
      <h1 className="truncate" dir="auto" title={heading}>
        {heading}
      </h1>
      {hasCalls && <p className="truncate">{counts.join(' · ')}</p>}
    </header>
  );
}
