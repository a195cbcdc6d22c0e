import type { Account, Proof } from '@lampboard/protocol';
import { ROLE_WORDS } from '../../ui/words.ts';

const PROOF_WORDS: Readonly<Record<Proof, string>> = {
  password: 'Password',
  'single-sign-on': 'Single sign-on',
  demo: 'Demo',
};

interface AccountsTableProps {
  accounts: readonly Account[];
  onOpen: (name: string) => void;
}

/** Every account; on a phone, what has no column stands under the name. */
export function AccountsTable({ accounts, onOpen }: AccountsTableProps) {
  return (
    <div className="accounts-frame">
      <table className="accounts-table">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Role</th>
            <th scope="col">Extensions</th>
            <th scope="col">Sign-in</th>
            <th scope="col">
              <span className="unseen">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <Row key={account.name} account={account} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ account, onOpen }: { account: Account; onOpen: (name: string) => void }) {
  const { name, role, extensions, proof, disabled } = account;
  return (
    <tr data-account={name} data-disabled={disabled || undefined}>
      <th scope="row">
        <bdi>{name}</bdi>
        {disabled && <span className="accounts-disabled">Disabled</span>}
        <p className="accounts-more" aria-hidden="true">
          {[ROLE_WORDS[role], ...extensions].join(' · ')}
        </p>
      </th>
      <td>{ROLE_WORDS[role]}</td>
      <td>{extensions.length === 0 ? <span aria-label="none">–</span> : extensions.join(', ')}</td>
      <td>{PROOF_WORDS[proof]}</td>
      <td className="accounts-edit">
        <button
          type="button"
          className="button button-plain"
          aria-label={`Edit ${name}`}
          onClick={() => onOpen(name)}
        >
          Edit
        </button>
      </td>
    </tr>
  );
}
