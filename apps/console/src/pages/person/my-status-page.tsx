import { useSearchParams } from 'wouter';
import { photoUrl } from '../../data/http/base-path.ts';
import { useMe } from '../../data/http/api-context.tsx';
import { ConnectionInline } from '../../features/connection/connection-badge.tsx';
import { useT, Trans } from '../../i18n/i18n-context.tsx';
import { PageLayout } from '../../shell/page-layout.tsx';
import { PhoneTabs, useHasPhoneTabs } from '../../shell/phone-tabs.tsx';
import { numberAndName, hasName, displayName } from '../../entities/extension/accessible-name.ts';
import { useEntryId, useExtension, useDistinction, useLiveState } from '../../data/socket/live-context.tsx';
import type { Me } from '@lampboard/protocol';
import { type ReactNode, useRef } from 'react';
import { DistinctionBadge } from '../../entities/extension/badges.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import { PersonDetails } from './person-details.tsx';
import { PhoneAndPresence } from '../../features/person/mismatch-notice.tsx';
import { ExtensionNotFound } from '../../features/person/read-only.tsx';
import { usePersonShortcuts } from './use-person-shortcuts.ts';
import '../../ui/styles/page.css';
import './my-status-page.css';

interface MyStatusProps {
  me: Me;
  id: string | null;
  onSelect: (id: string) => void;
  statusMessage: ReactNode;
}

export function MyStatus({ me, id, onSelect, statusMessage }: MyStatusProps) {
  const t = useT();
  return (
    <main className="page-container page-narrow my-status">
      <h1>{t('page.my-status')}</h1>
      {me.extensions.length > 1 && <ExtensionPicker ids={me.extensions} selected={id} onSelect={onSelect} />}
      {id === null ? (
        <NoExtension account={me.name} />
      ) : (
        <MyExtension key={id} id={id} statusMessage={statusMessage} />
      )}
    </main>
  );
}

function NoExtension({ account }: { account: string }) {
  const t = useT();
  return (
    <section className="card empty-state">
      <h2>{t('person.no-extensions')}</h2>
      <p>
        <Trans messageKey="person.no-extensions-advice" values={{ account: <bdi>{account}</bdi> }} />
      </p>
    </section>
  );
}

function MyExtension({ id, statusMessage }: { id: string; statusMessage: ReactNode }) {
  const t = useT();
  const extension = useExtension(id);
  const distinction = useDistinction(id);
  const isBoardLoaded = useLiveState(({ board }) => board !== null);
  const photo = photoUrl(extension?.person.photo);
  const onKeyDown = usePersonShortcuts(id, () => undefined);
  const container = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusFallback(container, () => heading.current?.focus({ preventScroll: true }));

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- shortcuts of the fields in it
    <section ref={container} className="my-status-person" onKeyDown={onKeyDown}>
      <header>
        {photo !== null && <Avatar name="" photo={photo} />}
        <h2 ref={heading} tabIndex={-1} dir="auto">
          {extension === undefined ? id : displayName(t, extension)}
        </h2>
        {extension !== undefined && hasName(extension) && <span>{extension.exten}</span>}
        <DistinctionBadge distinction={distinction} />
      </header>
      {extension === undefined && isBoardLoaded && <ExtensionNotFound id={id} />}
      {extension === undefined && !isBoardLoaded && <div className="my-status-loading" aria-busy="true" />}
      {extension === undefined ? (
        statusMessage
      ) : (
        <PersonDetails
          extension={extension}
          statusMessage={statusMessage}
          isMyStatus
          mismatchNotice={
            <div className="mismatch-notice">
              <PhoneAndPresence extension={extension} />
            </div>
          }
        />
      )}
    </section>
  );
}

interface ExtensionPickerProps {
  ids: readonly string[];
  selected: string | null;
  onSelect: (id: string) => void;
}

function ExtensionPicker({ ids, selected, onSelect }: ExtensionPickerProps) {
  const t = useT();
  return (
    <section aria-label={t('person.my-extensions')} className="chips extension-picker">
      {ids.map((id) => (
        <button
          key={id}
          type="button"
          className="chip"
          aria-pressed={id === selected}
          onClick={() => onSelect(id)}
        >
          <ExtensionLabel id={id} />
        </button>
      ))}
    </section>
  );
}

function ExtensionLabel({ id }: { id: string }) {
  const extension = useExtension(id);
  const distinction = useDistinction(id);
  return <bdi>{extension === undefined ? id : numberAndName(extension, distinction)}</bdi>;
}

/** The user's own status; with several extensions, the address has the selected one. */
export function MePage() {
  const t = useT();
  const me = useMe();
  const hasTabs = useHasPhoneTabs();
  const [params, setParams] = useSearchParams();
  const requestedId = useEntryId(params.get('extension'));
  if (me === null) return null;
  const id = me.extensions.find((assigned) => assigned === requestedId) ?? me.extensions[0] ?? null;
  return (
    <PageLayout title={t('page.my-status')} footer={hasTabs && <PhoneTabs current="my-status" />}>
      <MyStatus
        me={me}
        id={id}
        statusMessage={<ConnectionInline id={id} />}
        onSelect={(extension) => setParams({ extension }, { replace: true })}
      />
    </PageLayout>
  );
}
