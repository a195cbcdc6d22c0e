import { type Back, SETTABLE_STATES, isSettableState } from '@lampboard/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { type ReturnTimeReading, readReturnTime } from '../../i18n/return-times/read.ts';
import { returnTimeText } from '../../i18n/return-times/write.ts';
import { TextField } from '../../ui/text-field.tsx';
import { backReading } from './back-reading.ts';
import type { Patch } from './draft.ts';
import { useNow } from './use-now.ts';
import { useTime } from './use-time.ts';
import './back-field.css';

interface BackFieldProps {
  back: Back | null;
  /** Nobody is back later than now in this state: what is typed is not kept, and that is told. */
  isThere: boolean;
  /** What was typed, and is no time. */
  unread: string | null;
  /** It could not be saved because of that: it is marked, even while it is being typed. */
  refused: boolean;
  onChange: (patch: Patch) => void;
}

/** What stands in the field as it was typed, as long as it means what the form says. */
interface Typed {
  readonly text: string;
  readonly at: number | null;
  /** What is to follow, also while there is no time for it to follow on. */
  readonly next: Back['next'];
}

/** When the person will be back, typed as people say it, and what is to follow by itself then. */
export function BackField({ back, isThere, unread, refused, onChange }: BackFieldProps) {
  const t = useT();
  const formats = useFormats();
  const time = useTime();
  const [typed, setTyped] = useState<Typed | null>(null);
  const [read, setRead] = useState<ReturnTimeReading | null>(null);
  const at = back?.at ?? null;
  const shown = useNow((now) => (at === null ? '' : returnTimeText(t, at, now)));
  const reading = useNow((now) => (at === null ? null : backReading(t, formats, at, now)));
  const otherAt = read !== null && read.at === at ? read.other : null;
  const other = useNow((now) => (otherAt === null ? null : returnTimeText(t, otherAt, now)));
  const isTyped = typed !== null && (isThere || (unread === null ? typed.at === at : typed.text === unread));
  const isInVain = isThere && typed !== null && typed.text.trim() !== '';

  const type = (text: string) => {
    const reading = readReturnTime(text, time(), t);
    const at = reading?.at ?? null;
    const next = back === null ? (typed?.next ?? null) : back.next;
    setRead(reading);
    setTyped({ text, at, next });
    if (at !== null) onChange({ back: { at, next } });
    else onChange(text.trim() === '' ? { back: null } : { unread: text });
  };

  return (
    <div className="back-field">
      <TextField
        label={t('back.back')}
        name="back"
        autoComplete="off"
        dir="auto"
        placeholder={t('back.placeholder')}
        note={isInVain ? t('back.in-vain') : unread === null ? reading : t('back.unread')}
        refused={unread !== null && (refused || !isTyped)}
        value={isTyped ? typed.text : (unread ?? shown)}
        onText={type}
        onBlur={() => setTyped(null)}
        end={
          (back !== null || unread !== null) && (
            <button
              type="button"
              className="back-clear"
              aria-label={t('back.clear')}
              title={t('back.clear')}
              onClick={({ currentTarget }) => {
                onChange({ back: null });
                currentTarget.parentElement?.querySelector('input')?.focus();
              }}
            >
              <X size={15} aria-hidden="true" />
            </button>
          )
        }
      />
      <div className="back-ways">
        {other !== null && (
          <button type="button" onClick={() => type(other)}>
            {t('back.or', { time: other })}
          </button>
        )}
        {(isThere ? [] : t('back.chips').split(', ')).map((words) => (
          <button key={words} type="button" onClick={() => type(words)}>
            {words}
          </button>
        ))}
        {back !== null && <Next back={back} onChange={onChange} />}
      </div>
    </div>
  );
}

/** What the gateway sets by itself at the return time. */
function Next({ back, onChange }: { back: Back; onChange: (patch: Patch) => void }) {
  const t = useT();
  return (
    <select
      className="back-next"
      aria-label={t('back.next')}
      data-chosen={back.next !== null || undefined}
      value={back.next ?? ''}
      onChange={({ currentTarget: { value } }) =>
        onChange({ back: { ...back, next: isSettableState(value) ? value : null } })
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
