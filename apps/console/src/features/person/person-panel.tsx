import { type ExtensionRow, isWritableProvider } from '@lampboard/protocol';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useLiveState, useRow } from '../../live/live-context.tsx';
import { FieldHeading, FieldNote } from '../../ui/field.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import { viewOf } from './draft.ts';
import { useDraft, useDrafts } from './drafts-context.tsx';
import { LampCard } from './lamp-card.tsx';
import { onPanelKey } from './panel-keys.ts';
import { PanelWho } from './panel-who.tsx';
import { PresenceEditor } from './presence-editor.tsx';
import { PresenceText } from './presence-text.tsx';
import './person-panel.css';

interface PersonPanelProps {
  id: string;
  /** It lies over the board, which cannot be reached meanwhile. */
  modal: boolean;
  /** Counts the openings that want the focus to move into the panel. */
  focusWanted: number;
  /** Always in view, such as that the board is not live. */
  news: ReactNode;
  onClose: () => void;
}

/** The person opened: who it is, what the telephone does, what the person says, and the editor for that. */
export function PersonPanel({ id, modal, focusWanted, news, onClose }: PersonPanelProps) {
  const headingId = useId();
  const row = useRow(id);
  const known = useLiveState(({ board }) => board !== null);
  const drafts = useDrafts();
  const frame = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const now = row?.presence ?? null;
  const writable = row !== undefined && isWritableProvider(row.provider);

  useEffect(() => {
    if (focusWanted > 0) heading.current?.focus();
  }, [focusWanted]);

  useKeptFocus(frame, () => heading.current?.focus({ preventScroll: true }));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { dirty, saving } =
      now === null ? { dirty: false, saving: false } : viewOf(drafts.store.getState().drafts.get(id), now);
    onPanelKey(event, {
      onState: (state) => {
        if (now !== null && writable) drafts.edit(id, now, { state });
      },
      onSave: () => event.currentTarget.querySelector('form')?.requestSubmit(),
      onEscape: () => (dirty && !saving ? drafts.revert(id) : onClose()),
    });
  };
  // A dialog while it covers the board, a part of the page beside it.
  const Frame = modal ? 'div' : 'aside';

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields in it
    <Frame
      ref={frame}
      className="person-panel"
      role={modal ? 'dialog' : undefined}
      aria-modal={modal || undefined}
      aria-labelledby={headingId}
      onKeyDown={onKeyDown}
    >
      <PanelWho {...{ id, row, modal, heading, headingId, onClose }} />
      {row === undefined && known && <Gone id={id} />}
      {row !== undefined && (
        <>
          <LampCard row={row} />
          {now !== null && writable && (
            <PresenceEditor key={id} id={id} now={now} since={row.presenceSince} news={news} />
          )}
          {(now === null || !writable) && <ReadOnly row={row} />}
        </>
      )}
      {!(now !== null && writable) && news}
    </Frame>
  );
}

function ReadOnly({ row: { provider, presence } }: { row: ExtensionRow }) {
  return (
    <section className="panel-read-only" aria-label="Presence">
      {presence !== null && <PresenceText presence={presence} />}
      <FieldNote>
        {provider === null
          ? 'The hint of this extension names no presence, only a telephone. Add a CustomPresence: provider to the hint to set one.'
          : `This presence comes from ${provider}. Asterisk lets only CustomPresence: providers be set from outside.`}
      </FieldNote>
    </section>
  );
}

/** The hint was removed while the panel was open; what was typed can still be read and copied. */
function Gone({ id }: { id: string }) {
  const draft = useDraft(id);
  return (
    <section className="panel-read-only">
      <p>This extension is not on the board: Asterisk has no hint for it.</p>
      {draft !== undefined && (
        <>
          <FieldHeading>Not saved</FieldHeading>
          <PresenceText presence={draft.mine} />
        </>
      )}
    </section>
  );
}
