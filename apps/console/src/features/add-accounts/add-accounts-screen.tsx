import { type Me, PAGE_PATHS, canManageAccounts } from '@lampboard/protocol';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { useSignInOptions } from '../../data/http/use-sign-in-options.ts';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { type InvitedPerson, InvitationLinks } from '../../entities/account/invitation-links.tsx';
import { suggestNames } from '../../entities/account/suggested-name.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { useLeaveWarning } from '../../ui/use-leave-warning.ts';
import { type Candidate, peopleWithoutAccount } from './candidates.ts';
import { ChoosePeople } from './choose-people.tsx';
import { type ReviewedPerson, ReviewAccounts } from './review-accounts.tsx';
import '../../ui/styles/page.css';
import './add-accounts.css';

/** Adds accounts for people of the board: they are chosen, reviewed and added; then their links are shown once. */
export function AddAccountsScreen({ me }: { me: Me }) {
  const t = useT();
  const { reply: options } = useSignInOptions();
  const content = () => {
    if (!canManageAccounts(me)) return <p className="subtle">{t('accounts.admins-only')}</p>;
    if (options === undefined) return null;
    if (!options.ok) return <Alert>{failureMessage(t, options)}</Alert>;
    if (!options.value.password) return <p>{t('add-accounts.no-passwords')}</p>;
    return <Steps isDemo={options.value.demo.length > 0} />;
  };
  return <main className="page-container add-accounts">{content()}</main>;
}

function Heading({ children }: { children: ReactNode }) {
  const t = useT();
  return (
    <header>
      <Link href={PAGE_PATHS.accounts} className="add-accounts-back">
        <ArrowLeft size={15} aria-hidden="true" />
        {t('accounts.heading')}
      </Link>
      <h1>{children}</h1>
    </header>
  );
}

const isSame = (a: readonly Candidate[], b: readonly Candidate[]) =>
  a.length === b.length &&
  a.every(({ id, person }, index) => b[index]?.id === id && b[index].person === person);

function Steps({ isDemo }: { isDemo: boolean }) {
  const t = useT();
  const { reply, refresh } = useCommandQuery('list-accounts', {});
  const accounts = reply?.ok === true ? reply.value : null;
  const derive = useCallback(
    (extensions: Extensions) => (accounts === null ? [] : peopleWithoutAccount(extensions, accounts)),
    [accounts],
  );
  const candidates = useBoardValue(derive, isSame);
  const suggested = useMemo(
    () => suggestNames(candidates, accounts?.map(({ name }) => name) ?? []),
    [candidates, accounts],
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [reviewed, setReviewed] = useState<readonly ReviewedPerson[] | null>(null);
  const [added, setAdded] = useState<{ people: readonly InvitedPerson[]; expiresAt: number } | null>(null);
  useLeaveWarning(added !== null);

  if (reply?.ok === false) return <Alert>{failureMessage(t, reply)}</Alert>;
  if (accounts === null) return null;
  if (added !== null) {
    return (
      <>
        <Heading>{t('add-accounts.added', { count: added.people.length })}</Heading>
        <InvitationLinks {...added} />
      </>
    );
  }
  if (reviewed !== null) {
    return (
      <>
        <Heading>{t('add-accounts.review')}</Heading>
        <ReviewAccounts
          people={reviewed}
          onCancel={() => setReviewed(null)}
          onAdded={(people, expiresAt) => {
            setAdded({ people, expiresAt });
            void refresh();
          }}
        />
      </>
    );
  }
  return (
    <>
      <Heading>{t('add-accounts.heading')}</Heading>
      {isDemo && <p className="subtle">{t('add-accounts.demo')}</p>}
      <ChoosePeople
        candidates={candidates}
        suggested={suggested}
        selected={selected}
        onSelect={setSelected}
        onContinue={() =>
          setReviewed(
            candidates
              .filter(({ id }) => selected.has(id))
              .map((candidate) => ({ ...candidate, suggested: suggested.get(candidate.id) ?? '' })),
          )
        }
      />
    </>
  );
}
