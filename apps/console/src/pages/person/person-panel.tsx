import { type ReactNode, useEffect, useId, useRef } from 'react';
import { AccountLink } from '../../features/accounts/account-link.tsx';
import { PastCalls } from '../../features/history/past-calls.tsx';
import { PersonHistory } from '../../features/history/person-history.tsx';
import { AlertToggle } from '../../features/availability-alerts/alert-toggle.tsx';
import { useLiveState, useExtension } from '../../data/socket/live-context.tsx';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import { PersonHeader } from '../../features/person/person-header.tsx';
import { PersonDetails } from './person-details.tsx';
import { ExtensionNotFound } from '../../features/person/read-only.tsx';
import { MismatchNotice } from '../../features/person/mismatch-notice.tsx';
import { usePersonShortcuts } from './use-person-shortcuts.ts';
import './person-panel.css';

interface PersonPanelProps {
  id: string;
  modal: boolean;
  /** Incremented to move the focus into the panel. */
  focusRequest: number;
  statusMessage: ReactNode;
  onClose: () => void;
  onOpen: (id: string) => void;
  account?: ReactNode;
  /** Shown while the person is not available. */
  availabilityAlert?: ReactNode;
  history?: ReactNode;
}

export function PersonPanel(props: PersonPanelProps) {
  const { id, modal, focusRequest, statusMessage, onClose, onOpen, account, availabilityAlert, history } =
    props;
  const headingId = useId();
  const extension = useExtension(id);
  const isBoardLoaded = useLiveState(({ board }) => board !== null);
  const container = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (focusRequest > 0) heading.current?.focus();
  }, [focusRequest]);

  useFocusFallback(container, () => heading.current?.focus({ preventScroll: true }));

  const onKeyDown = usePersonShortcuts(id, onClose);
  const Container = modal ? 'div' : 'aside';

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- shortcuts of the fields in it
    <Container
      ref={container}
      className="person-panel"
      role={modal ? 'dialog' : undefined}
      aria-modal={modal || undefined}
      aria-labelledby={headingId}
      onKeyDown={onKeyDown}
    >
      <PersonHeader {...{ id, extension, modal, heading, headingId, account, onClose }} />
      {extension === undefined && isBoardLoaded && <ExtensionNotFound id={id} />}
      {extension === undefined ? (
        statusMessage
      ) : (
        <PersonDetails
          onOpen={onOpen}
          extension={extension}
          statusMessage={statusMessage}
          history={history}
          mismatchNotice={
            <MismatchNotice extension={extension} onOpen={onOpen}>
              {availabilityAlert}
            </MismatchNotice>
          }
        />
      )}
    </Container>
  );
}

export function PersonPanelContainer(props: PersonPanelProps) {
  const { id } = props;
  return (
    <PersonPanel
      {...props}
      account={<AccountLink id={id} />}
      availabilityAlert={<AlertToggle id={id} />}
      history={
        <>
          <PastCalls id={id} />
          <PersonHistory id={id} />
        </>
      }
    />
  );
}
