import { type ReturnTime, SETTABLE_STATES, isSettableState } from '@lampboard/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import {
  type ParsedReturnTime,
  parseReturnTime,
} from '../../entities/return-time/parse/parse-return-time.ts';
import { formatReturnTime, returnTimePreview } from '../../entities/return-time/format-return-time.ts';
import { IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import type { Patch } from '../../entities/presence-draft/draft.ts';
import { useServerTimeValue, useServerClock } from '../../data/socket/live-context.tsx';
import './presence-editor.css';

interface ReturnTimeFieldProps {
  returnTime: ReturnTime | null;
  /** Available has no return time: typed text is ignored, and the note says so. */
  isAvailable: boolean;
  invalidTime: string | null;
  /** Saving was attempted with it. */
  invalid: boolean;
  onChange: (patch: Patch) => void;
}

/** The typed text, shown as long as it means the saved value. */
interface TypedText {
  readonly text: string;
  readonly timestamp: number | null;
  /** Kept while there is no time for it to apply to. */
  readonly thenState: ReturnTime['thenState'];
}

/** Free-text return time, with the state that follows. */
export function ReturnTimeField({
  returnTime,
  isAvailable,
  invalidTime,
  invalid,
  onChange,
}: ReturnTimeFieldProps) {
  const t = useT();
  const formats = useFormats();
  const serverNow = useServerClock();
  const [typed, setTyped] = useState<TypedText | null>(null);
  const [lastReading, setLastReading] = useState<ParsedReturnTime | null>(null);
  const timestamp = returnTime?.at ?? null;
  const displayText = useServerTimeValue((now) =>
    timestamp === null ? '' : formatReturnTime(t, timestamp, now),
  );
  const preview = useServerTimeValue((now) =>
    timestamp === null ? null : returnTimePreview(t, formats, timestamp, now),
  );
  const alternativeTimestamp =
    lastReading !== null && lastReading.timestamp === timestamp ? lastReading.alternative : null;
  const alternative = useServerTimeValue((now) =>
    alternativeTimestamp === null ? null : formatReturnTime(t, alternativeTimestamp, now),
  );
  const showsTyped =
    typed !== null &&
    (isAvailable || (invalidTime === null ? typed.timestamp === timestamp : typed.text === invalidTime));
  const isIgnored = isAvailable && typed !== null && typed.text.trim() !== '';

  const handleText = (text: string) => {
    const reading = parseReturnTime(text, serverNow(), t);
    const timestamp = reading?.timestamp ?? null;
    const thenState = returnTime === null ? (typed?.thenState ?? null) : returnTime.thenState;
    setLastReading(reading);
    setTyped({ text, timestamp, thenState });
    if (timestamp !== null) onChange({ returnTime: { at: timestamp, thenState } });
    else onChange(text.trim() === '' ? { returnTime: null } : { invalidTime: text });
  };

  return (
    <div className="return-time-field" data-available={isAvailable || undefined}>
      <TextField
        label={t('return-time.label')}
        name="return-time"
        autoComplete="off"
        dir="auto"
        placeholder={t('return-time.placeholder')}
        note={
          isIgnored
            ? t('return-time.not-applicable')
            : invalidTime === null
              ? preview
              : t('return-time.invalid')
        }
        invalid={invalidTime !== null && (invalid || !showsTyped)}
        value={showsTyped ? typed.text : (invalidTime ?? displayText)}
        onValueChange={handleText}
        onBlur={() => setTyped(null)}
        end={
          (returnTime !== null || invalidTime !== null) && (
            <IconButton
              Icon={X}
              size={15}
              label={t('return-time.none')}
              title={t('return-time.none')}
              onClick={({ currentTarget }) => {
                onChange({ returnTime: null });
                currentTarget.parentElement?.querySelector('input')?.focus();
              }}
            />
          )
        }
      />
      <div className="chips">
        {alternative !== null && (
          <button type="button" className="chip chip-dashed" onClick={() => handleText(alternative)}>
            {t('return-time.or', { time: alternative })}
          </button>
        )}
        {(isAvailable ? [] : t('return-time.suggestions').split(', ')).map((chip) => (
          <button key={chip} type="button" className="chip chip-dashed" onClick={() => handleText(chip)}>
            {chip}
          </button>
        ))}
        {returnTime !== null && <ThenStateSelect returnTime={returnTime} onChange={onChange} />}
      </div>
    </div>
  );
}

function ThenStateSelect({
  returnTime,
  onChange,
}: {
  returnTime: ReturnTime;
  onChange: (patch: Patch) => void;
}) {
  const t = useT();
  return (
    <select
      className="chip chip-dashed"
      aria-label={t('return-time.on-return')}
      data-active={returnTime.thenState !== null || undefined}
      value={returnTime.thenState ?? ''}
      onChange={({ currentTarget: { value } }) =>
        onChange({ returnTime: { ...returnTime, thenState: isSettableState(value) ? value : null } })
      }
    >
      <option value="">{t('return-time.then-no-change')}</option>
      {SETTABLE_STATES.map((state) => (
        <option key={state} value={state}>
          {t('return-time.then', { state: t(`presence.${state}`) })}
        </option>
      ))}
    </select>
  );
}
