import type { ReactNode } from 'react';
import { AccountLink } from '../features/accounts/account-link.tsx';
import { PersonHistory } from '../features/history/person-history.tsx';
import { PersonPanel } from '../features/person/person-panel.tsx';
import { TellMeToggle } from '../features/tell-me/tell-me-toggle.tsx';

interface OpenPanelProps {
  id: string;
  modal: boolean;
  focusWanted: number;
  news: ReactNode;
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** The person opened, with everything about them: a part of its own, fetched while nobody waits for it. */
export function OpenPanel(props: OpenPanelProps) {
  const { id } = props;
  return (
    <PersonPanel
      {...props}
      account={<AccountLink id={id} />}
      tellMe={<TellMeToggle id={id} />}
      history={<PersonHistory id={id} />}
    />
  );
}
