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
import { TextField } from '../../ui/form/text-field.tsx';
import type { Patch } from '../../entities/presence-draft/draft.ts';
import { useServerTimeValue, useServerClock } from '../../data/socket/live-context.tsx';
import './return-time-field.css';

interface ReturnTimeFieldProps {
  returnTime: ReturnTime | null;
  /** Nobody is back later than now in this state: what is typed is not kept, and that is told. */
  isAvailable: boolean;
  /** What was typed, and is no time. */
  invalidTime: string | null;
  /** It could not be saved because of that: it is marked, even while it is being typed. */
  invalid: boolean;
  onChange: (patch: Patch) => void;
}

/** What stands in the field as it was typed, as long as it means what the form says. */
interface TypedText {
  readonly text: string;
  readonly timestamp: number | null;
  /** What is to follow, also while there is no time for it to follow on. */
  readonly next: ReturnTime['thenState'];
}

/** When the person will be back, typed as people say it, and what is to follow by itself then. */
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
    const next = returnTime === null ? (typed?.next ?? null) : returnTime.thenState;
    setLastReading(reading);
    setTyped({ text, timestamp, next });
    if (timestamp !== null) onChange({ returnTime: { at: timestamp, thenState: next } });
    else onChange(text.trim() === '' ? { returnTime: null } : { invalidTime: text });
  };

  return (
    <div className="return-time-field">
      <TextField
        label={t('back.back')}
        name="return-time"
        autoComplete="off"
        dir="auto"
        placeholder={t('back.placeholder')}
        note={isIgnored ? t('back.in-vain') : invalidTime === null ? preview : t('back.unread')}
        invalid={invalidTime !== null && (invalid || !showsTyped)}
        value={showsTyped ? typed.text : (invalidTime ?? displayText)}
        onValueChange={handleText}
        onBlur={() => setTyped(null)}
        end={
          (returnTime !== null || invalidTime !== null) && (
            <button
              type="button"
              className="return-time-clear"
              aria-label={t('back.clear')}
              title={t('back.clear')}
              onClick={({ currentTarget }) => {
                onChange({ returnTime: null });
                currentTarget.parentElement?.querySelector('input')?.focus();
              }}
            >
              <X size={15} aria-hidden="true" />
            </button>
          )
        }
      />
      <div className="return-time-options">
        {alternative !== null && (
          <button type="button" onClick={() => handleText(alternative)}>
            {t('back.or', { time: alternative })}
          </button>
        )}
        {(isAvailable ? [] : t('back.chips').split(', ')).map((chip) => (
          <button key={chip} type="button" onClick={() => handleText(chip)}>
            {chip}
          </button>
        ))}
        {returnTime !== null && <ThenStateSelect returnTime={returnTime} onChange={onChange} />}
      </div>
    </div>
  );
}

/** What the gateway sets by itself at the return time. */
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
      className="return-time-next"
      aria-label={t('back.next')}
      data-active={returnTime.thenState !== null || undefined}
      value={returnTime.thenState ?? ''}
      onChange={({ currentTarget: { value } }) =>
        onChange({ returnTime: { ...returnTime, thenState: isSettableState(value) ? value : null } })
      }
    >
      <option value="">{t('back.then-nothing')}</option>
      {SETTABLE_STATES.map((state) => (
        <option key={state} value={state}>
          {t('back.then', { state: t(`presence.${state}`) })}
        </option>
      ))}
    </select>
  );
}
