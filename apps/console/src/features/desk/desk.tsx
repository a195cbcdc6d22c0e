import { type FocusEvent, type ReactNode, type RefObject, useRef } from 'react';
import { useLiveState } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { useUndoEntries, useUnsavedExtensions } from '../../entities/presence-draft/drafts-context.tsx';
import { useUndo } from '../../entities/presence-draft/use-undo.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { AwaitedLine } from './awaited-line.tsx';
import { DeskPart } from './desk-part.tsx';
import { LastOpened, Quiet, Today } from './desk-extras.tsx';
import { ChangeLine, DraftLine } from './edit-lines.tsx';
import { DueLine, LateLine } from './return-lines.tsx';
import { useDeskParts } from './desk-parts.ts';
import './desk.css';

interface DeskProps {
  onOpen: (id: string) => void;
}

/** What waits for the user, in the panel's place while nobody is open; who suffers most comes first. */
export function Desk({ onOpen }: DeskProps) {
  const t = useT();
  const root = useRef<HTMLElement>(null);
  const onFocus = useFocusInPart(root);
  const hasExtensions = useLiveState((state) => extensionsOf(state).size > 0);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- remembers where the focus is
    <aside ref={root} className="desk" aria-label={t('desk.desk')} tabIndex={-1} onFocus={onFocus}>
      {hasExtensions && <DeskParts onOpen={onOpen} />}
    </aside>
  );
}

function DeskParts({ onOpen }: DeskProps): ReactNode {
  const t = useT();
  const unfolded = useMediaQuery('(min-width: 1920px)');
  const { late, due, awaited, opened, today } = useDeskParts();
  const drafts = useUnsavedExtensions();
  const changes = useUndoEntries();
  const undo = useUndo(onOpen);
  const dueTime = useClockTime();
  const isQuiet = [late, due, awaited, drafts].every(({ length }) => length === 0);
  return (
    <>
      {isQuiet && <Quiet />}
      <DeskPart name="late" heading={t('desk.late')} items={late} unfolded={unfolded}>
        {(entry) => <LateLine key={entry.id} {...entry} onOpen={onOpen} />}
      </DeskPart>
      <DeskPart
        name="due"
        heading={t('desk.due')}
        aside={due[0] && t('desk.next', { time: dueTime(due[0].returnAt) })}
        items={due}
        unfolded={unfolded}
        moreLabel={(count) => t('desk.more-until', { count, time: dueTime(due.at(-1)?.returnAt ?? 0) })}
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

/** Returns times of day in the page's language. */
function useClockTime(): (timestamp: number) => string {
  const { dateTime } = useFormats();
  return (timestamp) => dateTime(timestamp, timestamp);
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
