import type { Extension } from '@lampboard/protocol';
import { useDuration, useServerClock, useServerTimeValue } from '../../data/socket/live-context.tsx';
import { useDraft } from '../../entities/presence-draft/drafts-context.tsx';
import { isPresenceEditable, usePermissions } from '../../entities/presence-draft/use-permissions.ts';
import { useSetPresence } from '../../entities/presence-draft/use-set-presence.ts';
import {
  type PresenceValue,
  presenceOf,
  presenceValueOf,
  withState,
} from '../../entities/presence/presence-value.ts';
import { roundedMinuteAfter } from '../../entities/return-time/return-time-options.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Returning } from './desk-parts.ts';
import { DeskButton, DeskLine } from './desk-line.tsx';

const EXTENSION_MINUTES = 30;

interface LineProps extends Returning {
  onOpen: (id: string) => void;
}

/** Somebody whose return time is past: how long, and what the caller on the phone usually says. */
export function LateLine({ id, returnAt, onOpen }: LineProps) {
  const t = useT();
  const formats = useFormats();
  const duration = useDuration(returnAt, formats.approximateDuration, id);
  const time = useServerTimeValue((now) => formats.dateTime(returnAt, now));
  const due = t('desk.due-at', { time });
  const note = (
    <span className="desk-late" title={`${duration} · ${due}`}>
      <strong className="overdue">{duration}</strong>
      <span> · {due}</span>
    </span>
  );
  return (
    <DeskLine {...{ id, note, onOpen }}>
      {(name, extension) => <LateActions {...{ name, extension, onOpen }} />}
    </DeskLine>
  );
}

interface LateActionsProps {
  name: string;
  extension: Extension;
  onOpen: (id: string) => void;
}

function LateActions({ name, extension, onOpen }: LateActionsProps) {
  const t = useT();
  const { id } = extension;
  const { setPresence: mayEdit } = usePermissions(id);
  const set = useSetPresence(onOpen);
  const now = useServerClock();
  const pending = (useDraft(id)?.inFlight ?? null) !== null;
  const current = presenceValueOf(extension);
  if (current === null || !mayEdit || !isPresenceEditable(extension)) return null;
  const send = (value: PresenceValue) => void set(id, presenceOf(value), value.returnTime);
  const later = () => ({
    at: roundedMinuteAfter(now(), EXTENSION_MINUTES * 60_000),
    thenState: current.returnTime?.thenState ?? null,
  });
  return (
    <>
      <DeskButton
        label={t('desk.later', { count: EXTENSION_MINUTES })}
        {...{ name, pending }}
        onClick={() => send({ ...current, returnTime: later() })}
      />
      <DeskButton
        label={t('desk.back')}
        {...{ name, pending }}
        onClick={() => send(withState('available', current))}
      />
    </>
  );
}

export function DueLine({ id, returnAt, onOpen }: LineProps) {
  const { dateTime } = useFormats();
  return (
    <DeskLine {...{ id, onOpen }}>
      <time className="desk-time">{useServerTimeValue((now) => dateTime(returnAt, now))}</time>
    </DeskLine>
  );
}
