import type { KeyboardEvent } from 'react';
import { sameList, useBoardValue } from '../../live/use-board-value.ts';
import { AutoTextarea } from '../../ui/auto-textarea.tsx';
import { Field } from '../../ui/field.tsx';
import { subtypeBytesWords } from './bytes-words.ts';
import { subtypesInUse } from './suggestions.ts';
import './subtype-field.css';

/** One line to type in; line breaks that are stored already are kept and shown. */
export function SubtypeField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const suggestions = useBoardValue(subtypesInUse, sameList);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
    }
  };

  return (
    <div>
      <Field label="Subtype" note={subtypeBytesWords(value)}>
        {(id, noteId) => (
          <AutoTextarea
            id={id}
            rows={1}
            dir="auto"
            value={value}
            aria-describedby={noteId}
            onKeyDown={onKeyDown}
            onText={onChange}
          />
        )}
      </Field>
      {suggestions.length > 0 && (
        <ul className="subtype-chips" aria-label="Subtypes in use">
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
