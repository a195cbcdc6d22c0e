import { phoneLamp } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import { isActiveLamp } from '../../entities/kind/kinds.ts';
import { phoneFeatures, stateLabel } from '../../entities/extension/accessible-name.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useCalls, useOfflineSince, useDuration } from '../../data/socket/live-context.tsx';
import { PhoneBadges } from '../../entities/extension/badges.tsx';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import { type ReactNode, useMemo } from 'react';
import { failureMessage } from '../../i18n/failure-message.ts';
import { PersonCalls } from '../../features/person/person-calls.tsx';
import { ChangeHistory, usePresenceChanges } from '../../features/person/change-history.tsx';
import { PresenceEditor } from '../../features/presence-editor/presence-editor.tsx';
import { ReadOnlyPresence } from '../../features/person/read-only.tsx';
import { presenceValueOf } from '../../entities/presence/presence-value.ts';
import { isPresenceEditable, usePermissions } from '../../entities/presence-draft/use-permissions.ts';

interface PersonDetailsProps {
  extension: Extension;
  statusMessage: ReactNode;
  isMyStatus?: boolean;
  mismatchNotice?: ReactNode;
  history?: ReactNode;
  /** Opens another person; absent where nobody can be opened. */
  onOpen?: (id: string) => void;
}

export function PersonDetails({
  extension,
  statusMessage,
  isMyStatus = false,
  mismatchNotice,
  history,
  onOpen,
}: PersonDetailsProps) {
  const t = useT();
  const { id, presence, returnTime } = extension;
  const current = useMemo(() => presenceValueOf({ presence, returnTime }), [presence, returnTime]);
  const permissions = usePermissions(id);
  const editable = current !== null && isPresenceEditable(extension) && permissions.setPresence;
  // What is no person needs no presence.
  const isPresenceShown = extension.kind === 'person' || extension.provider !== null;
  const { presenceChanges, failure } = usePresenceChanges(
    id,
    current,
    permissions.viewChanges && isPresenceShown,
  );

  return (
    <>
      <LampCard extension={extension} />
      <PersonCalls id={id} onOpen={onOpen} />
      {mismatchNotice}
      {editable ? (
        <PresenceEditor
          key={id}
          extension={extension}
          current={current}
          statusMessage={statusMessage}
          presenceChanges={presenceChanges}
          isMyStatus={isMyStatus}
        />
      ) : (
        <>
          {isPresenceShown && <ReadOnlyPresence extension={extension} />}
          {statusMessage}
        </>
      )}
      {history}
      {presenceChanges !== undefined && !isMyStatus && <ChangeHistory presenceChanges={presenceChanges} />}
      {failure !== null && !isMyStatus && (
        <p className="field-note">{t('change-history.failed', { reason: failureMessage(t, failure) })}</p>
      )}
    </>
  );
}

function LampCard({ extension }: { extension: Extension }) {
  const t = useT();
  const { lamp, lampSince } = extension;
  const callStates = useCalls(extension.id).map(({ state }) => state);
  const { callDuration, dateTime, approximateDuration } = useFormats();
  const asOf = useOfflineSince(dateTime, extension.id);
  const live = asOf === null;
  const isCall = isActiveLamp(lamp) && phoneLamp(extension) !== null;
  const duration = useDuration(lampSince, isCall ? callDuration : approximateDuration, extension.id);
  const label = stateLabel(t, extension);
  const facts = [
    duration === null ? null : t('person.for', { duration }),
    asOf === null ? null : t('person.as-of', { time: asOf }),
  ];

  return (
    <div className="card lamp-card" data-kind={extension.kind} data-lamp={live ? lamp : 'unknown'}>
      <ExtensionLamp extension={extension} live={live} callStates={callStates} />
      <div>
        <strong>{live ? label : t('person.last-known', { lamp: label })}</strong>
        <p>{facts.filter(Boolean).join(', ')}</p>
        {phoneFeatures(t, extension).map((feature) => (
          <p key={feature.feature}>
            <PhoneBadges features={[feature]} withText />
          </p>
        ))}
      </div>
    </div>
  );
}
