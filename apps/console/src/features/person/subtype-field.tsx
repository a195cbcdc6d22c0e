import { type KeyboardEvent, useId } from 'react';
import { sameList, useBoardValue } from '../../live/use-board-value.ts';
import { AutoTextarea } from '../../ui/auto-textarea.tsx';
import { subtypeBytesWords } from './bytes-words.ts';
import { subtypesInUse } from './suggestions.ts';

/** One line to type in; line breaks that are stored already are kept and shown. */
export function SubtypeField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  const suggestions = useBoardValue(subtypesInUse, sameList);
  const tooLong = subtypeBytesWords(value);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
    }
  };

  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Subtype
      </label>
      <AutoTextarea
        id={id}
        rows={1}
        dir="auto"
        value={value}
        aria-describedby={tooLong === null ? undefined : `${id}-bytes`}
        onKeyDown={onKeyDown}
        onText={onChange}
      />
      {tooLong !== null && (
        <p className="field-note" id={`${id}-bytes`}>
          {tooLong}
        </p>
      )}
      {suggestions.length > 0 && (
        <ul className="field-chips" aria-label="Subtypes in use">
          {suggestions.map((subtype) => (
            <li key={subtype}>
              <button type="button" dir="auto" title={subtype} onClick={() => onChange(subtype)}>
                {subtype}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
