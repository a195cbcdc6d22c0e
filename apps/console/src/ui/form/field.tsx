import { type ReactNode, useId } from 'react';
import './form.css';

interface FieldProps {
  label: string;
  /** The description below the field, or null. */
  note: string | null;
  invalid?: boolean;
  /** Renders the input with these ids: its own, and of its description. */
  children: (id: string, noteId: string | undefined) => ReactNode;
}

export function Field({ label, note, invalid = false, children }: FieldProps) {
  const id = useId();
  const noteId = note === null ? undefined : `${id}-note`;
  return (
    <div>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children(id, noteId)}
      {note !== null && (
        <FieldNote id={noteId} invalid={invalid}>
          {note}
        </FieldNote>
      )}
    </div>
  );
}

interface FieldNoteProps {
  id?: string | undefined;
  invalid?: boolean;
  children: ReactNode;
}

export function FieldNote({ id, invalid = false, children }: FieldNoteProps) {
  return (
    <p className="field-note" id={id} data-invalid={invalid || undefined}>
      {children}
    </p>
  );
}

export function FieldHeading({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <h3 className="field-label" id={id}>
      {children}
    </h3>
  );
}
