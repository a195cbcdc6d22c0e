import type { Presence } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import { AutoTextarea } from '../../ui/auto-textarea.tsx';
import { Field } from '../../ui/field.tsx';
import { messageBytesWords } from './bytes-words.ts';
import './message-field.css';

interface MessageFieldProps {
  form: Presence;
  /** Asterisk would not take the text as it stands. */
  refused: boolean;
  onChange: (message: string) => void;
}

export function MessageField({ form, refused, onChange }: MessageFieldProps) {
  const t = useT();
  return (
    <Field label={t('editor.message')} note={messageBytesWords(t, form)} refused={refused}>
      {(id, noteId) => (
        <AutoTextarea
          id={id}
          rows={3}
          dir="auto"
          className="message-text"
          value={form.message}
          aria-describedby={noteId}
          aria-invalid={refused || undefined}
          onText={onChange}
        />
      )}
    </Field>
  );
}
