import { X, ArrowDown } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { formatReturnTime, formatReturnTimeLong } from '../../entities/return-time/format-return-time.ts';
import { useServerTimeValue, useIsLive, useExtension } from '../../data/socket/live-context.tsx';
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
import { dequal } from 'dequal';
import { type SetPresenceOption, type PresenceCommandControl } from './use-presence-command.ts';

interface CommandPreviewProps {
  option: SetPresenceOption;
  presenceCommand: PresenceCommandControl;
  edits: LineEdits;
}

/** Shows the current and the new presence, and the result of sending it. */
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
  const live = useIsLive(extension.id);
  const { presence } = extension;
  const { time, possibleTime, hasText } = option.parsedCommand;
  const target = presenceCommand.targetOf(option, extension);
  const { state, subtype, message, returnTime } = target;
  const returnTimeLabel = useServerTimeValue((now) =>
    returnTime === null ? null : formatReturnTimeLong(t, returnTime.at, now),
  );
  const bytes = utf8Bytes(message);
  const failureMessage =
    presenceCommand.failed !== null && dequal(presenceCommand.failed.option, option)
      ? presenceCommand.failed.reason
      : null;
  const blocker = presenceCommand.blockerOf(option, extension, live);
  const alert = failureMessage ?? blocker;
  const saving = presenceCommand.pending !== null && dequal(presenceCommand.pending, option);
  return (
    <>
      <PreviewHeader extension={extension} live={live} />
      {presence !== null && (
        <p className="preview-current">
          <PresenceBadge state={presence.state} />
          <bdi className="truncate">{[presence.subtype, presence.message].filter(Boolean).join(' · ')}</bdi>
        </p>
      )}
      <ArrowDown className="preview-arrow" size={16} aria-hidden="true" />
      <div className="card preview-card preview-after">
        <p>
          <PresenceBadge state={state} />
          <bdi>{subtype}</bdi>
        </p>
        {time !== null && <TimeChips {...{ time, edits }} />}
        {time === null && returnTimeLabel !== null && (
          <p className="preview-return-time">{t('return-time.back', { time: returnTimeLabel })}</p>
        )}
        {message === '' ? (
          <p className="subtle">{t('palette.no-message')}</p>
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
        <p className="note">
          {t('editor.part-fits', {
            shown: deskPhoneCharacters(message),
            bytes,
            limit: maxMessageBytes(target),
          })}
        </p>
      )}
      {alert !== null && <Alert>{alert}</Alert>}
      <output className="visually-hidden">{saving && t('editor.saving-status')}</output>
      <SubmitButton
        variant="primary"
        label={t(saving ? 'editor.saving' : 'palette.submit.set')}
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

/** Says whether the current text is carried over when the line has none, and offers the opposite. */
function CarriedText({ id, presence, target, edits }: CarriedTextProps) {
  const t = useT();
  if (presence.subtype === '' && presence.message === '') return null;
  const isCarriedOver = target.subtype !== '' || target.message !== '';
  return (
    <p className="secondary preview-line">
      {t(isCarriedOver ? 'editor.text-kept' : 'editor.text-will-be-cleared')}
      <button
        type="button"
        className="chip"
        onClick={() => (isCarriedOver ? edits.clearText() : edits.carryText(id))}
      >
        {t(isCarriedOver ? 'editor.clear-text' : 'editor.keep-text')}
      </button>
    </p>
  );
}

interface PossibleTimeNoteProps {
  possibleTime: PossibleTime;
  isAvailable: boolean;
  edits: LineEdits;
}

/** Points out words that may be meant as a return time, and offers to make them one. */
function PossibleTimeNote({
  possibleTime: { timestamp, ...span },
  isAvailable,
  edits,
}: PossibleTimeNoteProps) {
  const t = useT();
  const suggestion = useServerTimeValue((now) =>
    timestamp === null || isAvailable ? null : formatReturnTime(t, timestamp, now),
  );
  return (
    <p className="secondary preview-line">
      <output>
        {t(isAvailable ? 'palette.no-return-time' : 'palette.not-a-return-time', {
          text: truncate(span.text),
        })}
      </output>
      {suggestion !== null && (
        <button type="button" className="chip" onClick={() => edits.moveToEnd(span, suggestion)}>
          {t('palette.use-as-return-time', { time: suggestion })}
        </button>
      )}
    </p>
  );
}

/** The parsed return time and its alternative reading. */
function TimeChips({ time: { alternative, ...time }, edits }: { time: ParsedTime; edits: LineEdits }) {
  const t = useT();
  const when = useServerTimeValue((now) => formatReturnTimeLong(t, time.timestamp, now));
  const alternativeText = useServerTimeValue((now) =>
    alternative === null ? null : formatReturnTime(t, alternative, now),
  );
  return (
    <p className="preview-line">
      <span className="chip time-chip">
        {t('return-time.back', { time: when })}
        <button
          type="button"
          className="icon-button"
          aria-label={t('palette.time-as-text', { text: time.text })}
          title={t('palette.time-as-text', { text: time.text })}
          onClick={() => edits.treatAsText(time.text)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </span>
      {alternativeText !== null && (
        <button type="button" className="chip" onClick={() => edits.replace(time, alternativeText)}>
          {t('return-time.or', { time: alternativeText })}
        </button>
      )}
    </p>
  );
}
