import { X, ArrowDown } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { formatReturnTime, formatReturnTimeLong } from '../../entities/return-time/format-return-time.ts';
import { useClockValue, useIsLive, useExtension } from '../../data/socket/live-context.tsx';
import type { LineEdits } from './palette-option.ts';
import type { ParsedTime, PossibleTime } from './parser/find-return-time.ts';
import { truncate } from './truncate.ts';
import {
  type Presence,
  MAX_DESK_PHONE_BYTES,
  type Extension,
  deskPhoneCharacters,
  maxMessageBytes,
  utf8Bytes,
} from '@lampboard/protocol';
import { Alert } from '../../ui/alert.tsx';
import { PresenceBadge } from '../../entities/presence/presence-badge.tsx';
import { SubmitButton } from './submit-button.tsx';
import { PreviewHeader } from './person-preview.tsx';
import { type SetPresenceOption, type PresenceCommandControl, sameOption } from './use-presence-command.ts';

interface CommandPreviewProps {
  option: SetPresenceOption;
  presenceCommand: PresenceCommandControl;
  edits: LineEdits;
}

/** What will be set in place of what, before it is done; and what became of it. */
export function CommandPreview({ option, ...rest }: CommandPreviewProps) {
  const extension = useExtension(option.id);
  return extension === undefined ? null : <ChangePreview extension={extension} option={option} {...rest} />;
}

function ChangePreview({
  extension,
  option,
  presenceCommand,
  edits,
}: CommandPreviewProps & { extension: Extension }) {
  const t = useT();
  const live = useIsLive();
  const { presence } = extension;
  const { time, possibleTime, hasText } = option.parsedCommand;
  const target = presenceCommand.targetOf(option, extension);
  const { state, subtype, message, returnTime } = target;
  const returnTimeLabel = useClockValue(
    returnTime === null ? null : (now) => formatReturnTimeLong(t, returnTime.at, now),
  );
  const bytes = utf8Bytes(message);
  const failureMessage =
    presenceCommand.failed !== null && sameOption(presenceCommand.failed.option, option)
      ? presenceCommand.failed.reason
      : null;
  const blocker = presenceCommand.blockerOf(option, extension, live);
  const alert = failureMessage ?? blocker;
  const saving = presenceCommand.pending !== null && sameOption(presenceCommand.pending, option);
  return (
    <>
      <PreviewHeader extension={extension} live={live} />
      {presence !== null && (
        <p className="preview-current">
          <PresenceBadge state={presence.state} />
          <bdi>{[presence.subtype, presence.message].filter(Boolean).join(' · ')}</bdi>
        </p>
      )}
      <ArrowDown className="preview-arrow" size={16} aria-hidden="true" />
      <div className="preview-after">
        <p>
          <PresenceBadge state={state} />
          <bdi>{subtype}</bdi>
        </p>
        {time !== null && <TimeChips {...{ time, edits }} />}
        {time === null && returnTimeLabel !== null && (
          <p className="preview-return-time">{t('tile.back', { time: returnTimeLabel })}</p>
        )}
        {message === '' ? (
          <p className="preview-empty">{t('palette.no-message')}</p>
        ) : (
          <p className="preview-message" dir="auto">
            {message}
          </p>
        )}
      </div>
      {!hasText && presence !== null && <CarriedText id={extension.id} {...{ presence, target, edits }} />}
      {possibleTime !== null && (
        <PossibleTimeNote {...{ possibleTime, edits }} isAvailable={state === 'available'} />
      )}
      {bytes > MAX_DESK_PHONE_BYTES && (
        <p className="preview-bytes">
          {t('editor.part-fits', {
            shown: deskPhoneCharacters(message),
            bytes,
            limit: maxMessageBytes(target),
          })}
        </p>
      )}
      {alert !== null && <Alert>{alert}</Alert>}
      <output className="visually-hidden">{saving && t('editor.saving-now')}</output>
      <SubmitButton
        variant="primary"
        label={t(saving ? 'editor.saving' : 'palette.enter.set')}
        disabled={saving || blocker !== null}
        onClick={() => presenceCommand.send(option)}
      />
    </>
  );
}

interface CarriedTextProps {
  id: string;
  presence: Presence;
  target: Presence;
  edits: LineEdits;
}

/** What becomes of the person's text where the line says none. */
function CarriedText({ id, presence, target, edits }: CarriedTextProps) {
  const t = useT();
  if (presence.subtype === '' && presence.message === '') return null;
  const isKept = target.subtype !== '' || target.message !== '';
  return (
    <p className="preview-carried">
      {t(isKept ? 'editor.text-stays' : 'editor.text-goes')}
      <button
        type="button"
        className="line-chip"
        onClick={() => (isKept ? edits.clearText() : edits.keepText(id))}
      >
        {t(isKept ? 'editor.clear-text' : 'editor.keep-text')}
      </button>
    </p>
  );
}

interface PossibleTimeNoteProps {
  possibleTime: PossibleTime;
  /** Whoever is in the state that is set has no return time. */
  isAvailable: boolean;
  edits: LineEdits;
}

/** Words of the message that may have been meant as a return time, and one click to make them one. */
function PossibleTimeNote({
  possibleTime: { timestamp, ...span },
  isAvailable,
  edits,
}: PossibleTimeNoteProps) {
  const t = useT();
  const suggestion = useClockValue(
    timestamp === null || isAvailable ? null : (now) => formatReturnTime(t, timestamp, now),
  );
  return (
    <p className="preview-possible-time">
      <output>
        {t(isAvailable ? 'palette.no-return-time' : 'palette.overlooked', { text: truncate(span.text) })}
      </output>
      {suggestion !== null && (
        <button type="button" className="line-chip" onClick={() => edits.moveToEnd(span, suggestion)}>
          {t('palette.back', { time: suggestion })}
        </button>
      )}
    </p>
  );
}

/** The return time that was read in the line, and the other one that could be meant. */
function TimeChips({ time: { alternative, ...time }, edits }: { time: ParsedTime; edits: LineEdits }) {
  const t = useT();
  const when = useClockValue((now) => formatReturnTimeLong(t, time.timestamp, now));
  const alternativeText = useClockValue(
    alternative === null ? null : (now) => formatReturnTime(t, alternative, now),
  );
  return (
    <p className="preview-times">
      <span className="time-chip">
        {t('tile.back', { time: when ?? '' })}
        <button
          type="button"
          aria-label={t('palette.time-as-text', { text: time.text })}
          title={t('palette.time-as-text', { text: time.text })}
          onClick={() => edits.keepAsText(time.text)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </span>
      {alternativeText !== null && (
        <button type="button" className="line-chip" onClick={() => edits.replace(time, alternativeText)}>
          {t('back.or', { time: alternativeText })}
        </button>
      )}
    </p>
  );
}
