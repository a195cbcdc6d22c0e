import {
  type PresenceChange,
  type Failure,
  type PresenceChangeResult,
  isPresenceState,
} from '@lampboard/protocol';
import { useEffect, useId } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { useDraft, useDrafts } from '../../entities/presence-draft/drafts-context.tsx';
import { findUndoCandidate } from '../../entities/presence-draft/undo-candidate.ts';
import type { PresenceValue } from '../../entities/presence/current-presence.ts';
import { useFormats } from '../../i18n/formats.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { useLocalTime } from '../../data/socket/live-context.tsx';
import { FieldHeading, FieldNote } from '../../ui/form/field.tsx';
import './change-history.css';

const MAX_VISIBLE = 6;

/** What became of an edit that did not go through. */
function resultLabel(t: Translate, result: Exclude<PresenceChangeResult, 'ok'>): string {
  if (result === 'conflict') return t('edits.conflict');
  if (result === 'superseded') return t('edits.superseded');
  if (result === 'timeout' || result === 'link-down') return t('edits.no-answer');
  return t('edits.refused');
}

/** Who set what lately through Lampboard. */
export function ChangeHistory({ presenceChanges }: { presenceChanges: readonly PresenceChange[] }) {
  const t = useT();
  const id = useId();
  return (
    <section className="change-history" aria-labelledby={id}>
      <FieldHeading id={id}>{t('edits.edits')}</FieldHeading>
      {presenceChanges.length === 0 && <FieldNote>{t('edits.none')}</FieldNote>}
      <ul>
        {presenceChanges.slice(0, MAX_VISIBLE).map((presenceChange, index) => (
          // Counted from the oldest: two may be of one moment, and new ones come first.
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
            , {t('edits.back', { time: formatReturnTime(returnTime.at, timestamp) })}
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
      <p className="change-details">
        <Trans
          messageKey={isScheduled ? 'edits.planned-by-at' : 'edits.by-at'}
          values={{ by: <bdi>{actor}</bdi>, at: when }}
        />
        {result !== 'ok' && <span className="change-failed"> · {resultLabel(t, result)}</span>}
      </p>
    </li>
  );
}

/** A change may be on the board some moments before it is in the list: asked again after so many milliseconds. */
const RECORDING_DELAY_MS = 1000;

interface PresenceChanges {
  /** The newest first; undefined until they came, and where they may not be seen. */
  readonly presenceChanges: readonly PresenceChange[] | undefined;
  readonly failure: Failure | null;
}

/**
 * The latest edits of an extension, asked for anew whenever its presence changes or a save was answered. Where the
 * newest is the user's own, it can be taken back from here on, as after a save.
 */
export function usePresenceChanges(
  id: string,
  current: PresenceValue | null,
  allowed: boolean,
): PresenceChanges {
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
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new presence is what makes the list stale
  }, [allowed, isSaving, current, refresh]);

  useEffect(() => {
    if (presenceChanges === undefined || current === null || name === undefined || hasDraft) return;
    const candidate = findUndoCandidate(presenceChanges, current, name);
    if (candidate !== null) drafts.seedUndo(id, candidate);
  }, [drafts, id, presenceChanges, current, name, hasDraft]);

  return { presenceChanges, failure: reply === undefined || reply.ok ? null : reply };
}
