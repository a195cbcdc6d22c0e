import type { Me } from '@lampboard/protocol';
import { ROLE_WORDS } from '../../ui/words.ts';
import { ChangePassword } from './change-password.tsx';
import { OwnSessions } from './own-sessions.tsx';
import './account-overview.css';

interface AccountOverviewProps {
  me: Me;
  onSignOutEverywhere: () => void;
  onEndedHere: () => void;
}

/** Who one is here, where one is signed in, and the password. */
export function AccountOverview({ me, ...ways }: AccountOverviewProps) {
  return (
    <main className="account-overview">
      <header>
        <h1 dir="auto">{me.name}</h1>
        <p>{[ROLE_WORDS[me.role], ...me.extensions.map((id) => id.split('@')[0])].join(' · ')}</p>
      </header>
      <OwnSessions me={me} {...ways} />
      <ChangePassword me={me} />
    </main>
  );
}
