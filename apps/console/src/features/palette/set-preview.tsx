import {
  DESK_PHONE_BYTES,
  type ExtensionRow,
  deskPhoneCharacters,
  messageBytesLimit,
  utf8Bytes,
} from '@lampboard/protocol';
import { ArrowDown } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useRow, useTimed } from '../../live/live-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { PresenceBadge } from '../../ui/presence-badge.tsx';
import { backInFull } from './back-in-full.ts';
import { CarriedText } from './carried-text.tsx';
import { EnterButton } from './enter-button.tsx';
import type { LineEdits } from './line-edits.ts';
import { OverlookedNote } from './overlooked-note.tsx';
import { Who } from './person-preview.tsx';
import { TimeChips } from './time-chips.tsx';
import { type SetOption, type Setting, sameSetting } from './use-set.ts';

interface SetPreviewProps {
  option: SetOption;
  set: Setting;
  edits: LineEdits;
}

/** What will be set in place of what, before it is done; and what became of it. */
export function SetPreview({ option, ...rest }: SetPreviewProps) {
  const row = useRow(option.id);
  return row === undefined ? null : <Change row={row} option={option} {...rest} />;
}

function Change({ row, option, set, edits }: SetPreviewProps & { row: ExtensionRow }) {
  const t = useT();
  const live = useIsLive();
  const { presence } = row;
  const { time, overlooked, saysText } = option.line;
  const wanted = set.wanted(option, row);
  const { state, subtype, message, back } = wanted;
  const returning = useTimed(back === null ? null : (now) => backInFull(t, back.at, now));
  const bytes = utf8Bytes(message);
  const refused = set.refused !== null && sameSetting(set.refused.option, option) ? set.refused.why : null;
  const hindrance = set.hindrance(option, row, live);
  const alert = refused ?? hindrance;
  const saving = set.sent !== null && sameSetting(set.sent, option);
  return (
    <>
      <Who row={row} live={live} />
      {presence !== null && (
        <p className="preview-now">
          <PresenceBadge state={presence.state} />
          <bdi>{[presence.subtype, presence.message].filter(Boolean).join(' · ')}</bdi>
        </p>
      )}
      <ArrowDown className="preview-arrow" size={16} aria-hidden="true" />
      <div className="preview-then">
        <p>
          <PresenceBadge state={state} />
          <bdi>{subtype}</bdi>
        </p>
        {time !== null && <TimeChips {...{ time, edits }} />}
        {time === null && returning !== null && (
          <p className="preview-back">{t('tile.back', { time: returning })}</p>
        )}
        {message === '' ? (
          <p className="preview-none">{t('palette.no-message')}</p>
        ) : (
          <p className="preview-message" dir="auto">
            {message}
          </p>
        )}
      </div>
      {!saysText && presence !== null && <CarriedText id={row.id} {...{ presence, wanted, edits }} />}
      {overlooked !== null && <OverlookedNote {...{ overlooked, edits }} isThere={state === 'available'} />}
      {bytes > DESK_PHONE_BYTES && (
        <p className="preview-bytes">
          {t('editor.part-fits', {
            shown: deskPhoneCharacters(message),
            bytes,
            limit: messageBytesLimit(wanted),
          })}
        </p>
      )}
      {alert !== null && <Alert>{alert}</Alert>}
      <output className="unseen">{saving && t('editor.saving-now')}</output>
      <EnterButton
        look="strong"
        word={t(saving ? 'editor.saving' : 'palette.enter.set')}
        disabled={saving || hindrance !== null}
        onClick={() => set.send(option)}
      />
    </>
  );
}
