import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useLiveState, useRow } from '../../live/live-context.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import { PanelWho } from './panel-who.tsx';
import { PersonBody } from './person-body.tsx';
import { Gone } from './read-only.tsx';
import { SenseLines } from './sense-lines.tsx';
import { usePersonKeys } from './use-person-keys.ts';
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
  /** Opens somebody else. */
  onOpen: (id: string) => void;
  /** Beside who it is: the account, for whoever manages accounts. */
  account: ReactNode;
  /** Beside somebody that cannot be reached. */
  tellMe: ReactNode;
  /** What the last days were like. */
  history: ReactNode;
}

/** The person opened: who it is, what the telephone does, what the person says, and the editor for that. */
export function PersonPanel(props: PersonPanelProps) {
  const { id, modal, focusWanted, news, onClose, onOpen, account, tellMe, history } = props;
  const headingId = useId();
  const row = useRow(id);
  const known = useLiveState(({ board }) => board !== null);
  const frame = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (focusWanted > 0) heading.current?.focus();
  }, [focusWanted]);

  useKeptFocus(frame, () => heading.current?.focus({ preventScroll: true }));

  const onKeyDown = usePersonKeys(id, onClose);
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
      <PanelWho {...{ id, row, modal, heading, headingId, account, onClose }} />
      {row === undefined && known && <Gone id={id} />}
      {row === undefined ? (
        news
      ) : (
        <PersonBody
          row={row}
          news={news}
          history={history}
          sense={
            <SenseLines row={row} onOpen={onOpen}>
              {tellMe}
            </SenseLines>
          }
        />
      )}
    </Frame>
  );
}
