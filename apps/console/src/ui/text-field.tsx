import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import { Field } from './field.tsx';
import { textHandlers } from './text-handlers.ts';
import './text-field.css';

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  label: string;
  note?: string | null;
  refused?: boolean;
  value: string;
  onText: (text: string) => void;
  field?: Ref<HTMLInputElement>;
  /** Stands at the end of the field, in it. */
  end?: ReactNode;
}

/** One line of text between its label and its note. */
export function TextField({
  label,
  note = null,
  refused = false,
  onText,
  field,
  end,
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} note={note} refused={refused}>
      {(id, noteId) => (
        <span className="text-field">
          <input
            ref={field}
            id={id}
            type="text"
            aria-describedby={noteId}
            aria-invalid={refused || undefined}
            {...rest}
            {...textHandlers(onText)}
          />
          {end}
        </span>
      )}
    </Field>
  );
}
