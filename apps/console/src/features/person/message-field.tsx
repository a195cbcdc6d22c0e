import type { Presence } from '@lampboard/protocol';
import { useId } from 'react';
import { AutoTextarea } from '../../ui/auto-textarea.tsx';
import { messageBytesWords } from './bytes-words.ts';

export interface MessageFieldProps {
  form: Presence;
  /** Asterisk would not take the text as it stands. */
  refused: boolean;
  onChange: (message: string) => void;
}

export function MessageField({ form, refused, onChange }: MessageFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Message
      </label>
      <AutoTextarea
        id={id}
        rows={3}
        dir="auto"
        className="message-text"
        value={form.message}
        aria-describedby={`${id}-bytes`}
        aria-invalid={refused || undefined}
        onText={onChange}
      />
      <p className="field-note" id={`${id}-bytes`} data-refused={refused || undefined}>
        {messageBytesWords(form)}
      </p>
    </div>
  );
}
