import { type ReactNode, useId } from 'react';
import './field.css';

interface FieldProps {
  label: string;
  /** Said below the field, and with its name; null where there is nothing to say. */
  note: string | null;
  /** What stands in the field would not be taken. */
  invalid?: boolean;
  /** Draws the field itself, with these ids: its own, and that of what describes it. */
  children: (id: string, noteId: string | undefined) => ReactNode;
}

/** A field of a form between its label and its note. */
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

/** What is to be known about what stands above it. */
export function FieldNote({ id, invalid = false, children }: FieldNoteProps) {
  return (
    <p className="field-note" id={id} data-invalid={invalid || undefined}>
      {children}
    </p>
  );
}

/** The label of what is no single field. */
export function FieldHeading({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <h3 className="field-label" id={id}>
      {children}
    </h3>
  );
}
