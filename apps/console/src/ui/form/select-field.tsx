import { Field } from './field.tsx';
import './form.css';

interface SelectFieldProps<T extends string | number> {
  label: string;
  note?: string | null;
  options: readonly { readonly value: T; readonly label: string }[];
  value: T;
  onValueChange: (value: T) => void;
}

export function SelectField<T extends string | number>(props: SelectFieldProps<T>) {
  const { label, note = null, options, value, onValueChange } = props;
  return (
    <Field label={label} note={note}>
      {(id, noteId) => (
        <select
          id={id}
          className="select-field"
          aria-describedby={noteId}
          value={value}
          onChange={({ currentTarget }) => {
            const chosen = options.find((option) => String(option.value) === currentTarget.value);
            if (chosen !== undefined) onValueChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
