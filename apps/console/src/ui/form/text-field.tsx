import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import { Field } from './field.tsx';
import { inputHandlers } from './input-handlers.ts';
import './form.css';

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  label: string;
  note?: string | null;
  invalid?: boolean;
  value: string;
  onValueChange: (text: string) => void;
  field?: Ref<HTMLInputElement>;
  /** Shown inside the field, at its end. */
  end?: ReactNode;
}

export function TextField({
  label,
  note = null,
  invalid = false,
  onValueChange,
  field,
  end,
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} note={note} invalid={invalid}>
      {(id, noteId) => (
        <span className="text-field">
          <input
            ref={field}
            id={id}
            type="text"
            aria-describedby={noteId}
            aria-invalid={invalid || undefined}
            {...rest}
            {...inputHandlers(onValueChange)}
          />
          {end}
        </span>
      )}
    </Field>
  );
}
