import { type PresenceChange, type PresenceChangeResult, isPresenceState } from '@lampboard/protocol';
import { useEffect, useId } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { useDraft, useDrafts } from '../../entities/presence-draft/drafts-context.tsx';
import { findUndoCandidate } from '../../entities/presence-draft/undo-candidate.ts';
import type { PresenceValue } from '../../entities/presence/presence-value.ts';
import { useFormats } from '../../i18n/formats.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { useLocalTime } from '../../data/socket/live-context.tsx';
import { FieldHeading, FieldNote } from '../../ui/form/field.tsx';
import './person.css';

const MAX_VISIBLE = 6;

function resultLabel(t: Translate, result: Exclude<PresenceChangeResult, 'ok'>): string {
  if (result === 'conflict') return t('change-history.conflict');
  if (result === 'superseded') return t('change-history.superseded');
  if (result === 'timeout' || result === 'link-down') return t('change-history.no-answer');
  return t('change-history.rejected');
}

export function ChangeHistory({ presenceChanges }: { presenceChanges: readonly PresenceChange[] }) {
  const t = useT();
  const id = useId();
  return (
    <section className="change-history" aria-labelledby={id}>
      <FieldHeading id={id}>{t('change-history.heading')}</FieldHeading>
      {presenceChanges.length === 0 && <FieldNote>{t('change-history.none')}</FieldNote>}
      <ul>
        {presenceChanges.slice(0, MAX_VISIBLE).map((presenceChange, index) => (
          // Keyed from the oldest: two may have the same timestamp.
          <ChangeHistoryItem key={presenceChanges.length - index} presenceChange={presenceChange} />
        ))}
      </ul>
    </section>
  );
}

function ChangeHistoryItem({
  presenceChange: { actor, isScheduled, timestamp, to, returnTime, result },
}: {
  presenceChange: PresenceChange;
}) {
  const t = useT();
  const { dateTime, returnTime: formatReturnTime } = useFormats();
  const when = useLocalTime(timestamp, dateTime);
  const details = [to.subtype, to.message].filter((text) => text.trim() !== '').join(' · ');
  return (
    <li data-invalid={result !== 'ok' || undefined}>
      <p>
        <strong>{isPresenceState(to.state) ? t(`presence.${to.state}`) : to.state}</strong>
        {returnTime !== null && (
          <span className="change-presence">
            , {t('return-time.back', { time: formatReturnTime(returnTime.at, timestamp) })}
          </span>
        )}
        {details !== '' && (
          <>
            {' '}
            <bdi className="change-presence" title={details}>
              {details}
            </bdi>
          </>
        )}
      </p>
      <p className="note">
        <Trans
          messageKey={isScheduled ? 'change-history.scheduled-by-at' : 'change-history.by-at'}
          values={{ by: <bdi>{actor}</bdi>, at: when }}
        />
        {result !== 'ok' && <span className="change-failed"> · {resultLabel(t, result)}</span>}
      </p>
    </li>
  );
}

/** Delay after which a change on the board is certainly in the list. */
const RECORDING_DELAY_MS = 1000;

/**
 * Loads the latest changes of an extension, newest first, when its presence changes or a save ends; undefined while
 * loading and without permission. Offers undo if the newest one is the user's.
 */
export function usePresenceChanges(id: string, current: PresenceValue | null, allowed: boolean) {
  const me = useMe();
  const drafts = useDrafts();
  const { reply, refresh } = useCommandQuery('list-presence-changes', { id }, { enabled: allowed });
  const draft = useDraft(id);
  const hasDraft = draft !== undefined;
  const isSaving = draft !== undefined && draft.inFlight !== null;
  const presenceChanges = reply?.ok === true ? reply.value : undefined;
  const name = me?.name;

  useEffect(() => {
    if (!allowed || isSaving) return undefined;
    void refresh();
    const timer = setTimeout(() => void refresh(), RECORDING_DELAY_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new presence makes the list stale
  }, [allowed, isSaving, current, refresh]);

  useEffect(() => {
    if (presenceChanges === undefined || current === null || name === undefined || hasDraft) return;
    const candidate = findUndoCandidate(presenceChanges, current, name);
    if (candidate !== null) drafts.seedUndo(id, candidate);
  }, [drafts, id, presenceChanges, current, name, hasDraft]);

  return { presenceChanges, failure: reply === undefined || reply.ok ? null : reply };
}
