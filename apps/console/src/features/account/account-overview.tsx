import type { Me } from '@lampboard/protocol';
import { inContext } from '../../extension/extension-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useRepeatedNumbers } from '../../live/live-context.tsx';
import { ChangePassword } from './change-password.tsx';
import { OwnSessions } from './own-sessions.tsx';
import '../../ui/page-column.css';
import './account-overview.css';

interface AccountOverviewProps {
  me: Me;
  /** For how many extensions something was typed that Asterisk has not got. */
  unsaved: number;
}

/** Who one is here, where one is signed in, and the password. */
export function AccountOverview({ me, unsaved }: AccountOverviewProps) {
  const t = useT();
  const repeated = useRepeatedNumbers();
  const numberOf = (id: string) => {
    const at = id.lastIndexOf('@');
    const exten = id.slice(0, at);
    return inContext(exten, repeated.has(exten) ? id.slice(at + 1) : null);
  };
  return (
    <main className="page-column account-overview">
      <header>
        <h1 dir="auto">{me.name}</h1>
        <p>{[t(`role.${me.role}`), ...me.extensions.map(numberOf)].join(' · ')}</p>
      </header>
      <OwnSessions me={me} unsaved={unsaved} />
      <ChangePassword me={me} />
    </main>
  );
}
