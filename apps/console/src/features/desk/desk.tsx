import { type FocusEvent, type ReactNode, type RefObject, memo, useEffect, useId, useRef } from 'react';
import { X } from 'lucide-react';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { useLiveState } from '../../data/socket/live-context.tsx';
import { useUndoEntries, useUnsavedExtensions } from '../../entities/presence-draft/drafts-context.tsx';
import { useUndo } from '../../entities/presence-draft/use-undo.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { useFindLine } from '../../entities/call/use-lines.ts';
import { useParkedCalls, useWaitingCalls } from '../../entities/call/use-calls.ts';
import { AwaitedLine } from './awaited-line.tsx';
import { LongestWait, ParkedCard, WaitingCard } from './call-cards.tsx';
import { LastOpened, Quiet, Today } from './desk-extras.tsx';
import { DeskPart } from './desk-part.tsx';
import { useDeskParts } from './desk-parts.ts';
import { ChangeLine, DraftLine } from './edit-lines.tsx';
import { DueLine, LateLine } from './return-lines.tsx';
import './desk.css';

interface DeskProps {
  onOpen: (id: string) => void;
}

/** Everything that waits for the user, in the panel's place while nobody is open; the most urgent first. */
export const Desk = memo(function Desk({ onOpen }: DeskProps) {
  const t = useT();
  const root = useRef<HTMLElement>(null);
  const onFocus = useFocusInPart(root);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- remembers where the focus is
    <aside ref={root} className="desk" aria-label={t('desk.desk')} tabIndex={-1} onFocus={onFocus}>
      <DeskParts onOpen={onOpen} />
    </aside>
  );
});

interface DeskSheetProps extends DeskProps {
  /** Null for a page of its own, which is left by its tab. */
  onClose: (() => void) | null;
  /** In the header, in place of a close button. */
  badge?: ReactNode;
  statusMessage: ReactNode;
}

/** The desk over the board, where both have no room. */
export function DeskSheet({ onOpen, onClose, badge, statusMessage }: DeskSheetProps) {
  const t = useT();
  const headingId = useId();
  const root = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const onFocus = useFocusInPart(root);
  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- remembers where the focus is
    <div
      ref={root}
      className="desk desk-sheet"
      role={onClose === null ? 'region' : 'dialog'}
      aria-modal={onClose === null ? undefined : true}
      aria-labelledby={headingId}
      tabIndex={-1}
      onFocus={onFocus}
    >
      <div className="desk-header">
        <h1 ref={heading} id={headingId} tabIndex={-1}>
          {t('desk.desk')}
        </h1>
        {badge}
        {onClose !== null && <IconButton Icon={X} size={18} label={t('ui.close')} onClick={onClose} />}
      </div>
      {statusMessage}
      <DeskParts onOpen={onOpen} />
    </div>
  );
}

function DeskParts(props: DeskProps) {
  const hasExtensions = useLiveState((state) => extensionsOf(state).size > 0);
  return hasExtensions && <FilledParts {...props} />;
}

function FilledParts({ onOpen }: DeskProps) {
  const t = useT();
  const unfolded = useMediaQuery('(min-width: 1920px)');
  const { late, due, awaited, opened, today } = useDeskParts();
  const waiting = useWaitingCalls();
  const parked = useParkedCalls();
  const findLine = useFindLine();
  const drafts = useUnsavedExtensions();
  const changes = useUndoEntries();
  const undo = useUndo(onOpen);
  const { dateTime } = useFormats();
  const timeOf = (timestamp: number) => dateTime(timestamp, timestamp);
  const isQuiet = [waiting, parked, late, due, awaited, drafts].every(({ length }) => length === 0);
  return (
    <>
      {isQuiet && <Quiet />}
      <DeskPart
        name="waiting"
        heading={t('desk.waiting')}
        aside={waiting[0] && <LongestWait call={waiting[0]} />}
        items={waiting}
        unfolded={unfolded}
        cards
      >
        {(call) => {
          const queue = findLine('queue', call.queue, call.id)?.name ?? call.queue;
          return <WaitingCard key={call.id} {...{ call, queue, onOpen }} />;
        }}
      </DeskPart>
      <DeskPart name="parked" heading={t('desk.parked')} items={parked} unfolded={unfolded} cards>
        {(call) => <ParkedCard key={call.id} {...{ call, onOpen }} />}
      </DeskPart>
      <DeskPart name="late" heading={t('desk.late')} items={late} unfolded={unfolded}>
        {(entry) => <LateLine key={entry.id} {...entry} onOpen={onOpen} />}
      </DeskPart>
      <DeskPart
        name="due"
        heading={t('desk.due')}
        aside={due[0] && t('desk.next', { time: timeOf(due[0].returnAt) })}
        items={due}
        unfolded={unfolded}
        moreLabel={(count) => t('desk.more-until', { count, time: timeOf(due.at(-1)?.returnAt ?? 0) })}
      >
        {(entry) => <DueLine key={entry.id} {...entry} onOpen={onOpen} />}
      </DeskPart>
      <DeskPart name="awaited" heading={t('desk.awaited')} items={awaited} unfolded={unfolded}>
        {(entry) => <AwaitedLine key={entry.id} {...entry} onOpen={onOpen} />}
      </DeskPart>
      <DeskPart name="drafts" heading={t('desk.drafts')} items={drafts} unfolded={unfolded}>
        {(id) => <DraftLine key={id} {...{ id, onOpen }} />}
      </DeskPart>
      <LastOpened ids={opened} onOpen={onOpen} />
      {unfolded && (
        <>
          <DeskPart name="changes" heading={t('desk.changes')} items={changes} unfolded>
            {(entry) => {
              const isLatest = changes.find(({ id }) => id === entry.id) === entry;
              const onUndo = isLatest ? () => undo('undo', entry) : null;
              return <ChangeLine key={`${entry.id} ${entry.savedAt}`} {...{ entry, onUndo, onOpen }} />;
            }}
          </DeskPart>
          <Today {...today} />
        </>
      )}
    </>
  );
}

/** Keeps the focus in the part whose line went away, else in the desk. */
function useFocusInPart(root: RefObject<HTMLElement | null>) {
  const part = useRef<string | undefined>(undefined);
  useFocusFallback(root, () => {
    const inPart = `[data-part="${part.current}"] li button`;
    const next = root.current?.querySelector<HTMLElement>(inPart) ?? root.current?.querySelector('button');
    (next ?? root.current)?.focus({ preventScroll: true });
  });
  return ({ target }: FocusEvent) => {
    part.current = target.closest<HTMLElement>('[data-part]')?.dataset['part'];
  };
}
