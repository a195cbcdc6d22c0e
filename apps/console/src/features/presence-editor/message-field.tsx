import { useId, useState } from 'react';
import { firstLine } from '../../entities/extension/accessible-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { FieldHeading, Field } from '../../ui/form/field.tsx';
import './presence-editor.css';
import type { Presence } from '@lampboard/protocol';
import { AutoTextarea } from '../../ui/form/auto-textarea.tsx';
import { messageByteCountLabel } from './byte-count-label.ts';

interface MessageFieldProps {
  form: Presence;
  invalid: boolean;
  onChange: (message: string) => void;
}

export function MessageField({ form, invalid, onChange }: MessageFieldProps) {
  const t = useT();
  return (
    <Field label={t('editor.message')} note={messageByteCountLabel(t, form)} invalid={invalid}>
      {(id, noteId) => (
        <AutoTextarea
          id={id}
          rows={3}
          dir="auto"
          className="message-text"
          value={form.message}
          aria-describedby={noteId}
          aria-invalid={invalid || undefined}
          onValueChange={onChange}
        />
      )}
    </Field>
  );
}

interface MessageChipsProps {
  isMyStatus: boolean;
  messages: readonly string[];
  onPick: (message: string) => void;
}

/** Recent messages; frozen once loaded, so that none moves. */
export function MessageChips({ isMyStatus, messages, onPick }: MessageChipsProps) {
  const t = useT();
  const id = useId();
  const [frozenMessages, setFrozenMessages] = useState(messages);
  if (frozenMessages.length === 0 && messages.length > 0) setFrozenMessages(messages);
  if (frozenMessages.length === 0) return null;
  return (
    <section aria-labelledby={id} className={isMyStatus ? 'message-chips' : 'chips'}>
      <FieldHeading id={id}>{t('editor.recent-messages')}</FieldHeading>
      {frozenMessages.map((message) => (
        <button
          key={message}
          type="button"
          className="chip chip-dashed truncate"
          dir="auto"
          title={message}
          onClick={() => onPick(message)}
        >
          {firstLine(message)}
          {firstLine(message).trim() !== message.trim() && ' …'}
        </button>
      ))}
    </section>
  );
}
