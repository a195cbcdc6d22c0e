import type { LastUsed } from '@lampboard/protocol';
import type { KeyboardEvent } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { AutoTextarea } from '../../ui/auto-textarea.tsx';
import { Field } from '../../ui/field.tsx';
import { subtypeBytesWords } from './bytes-words.ts';
import { SubtypeChips } from './subtype-chips.tsx';

interface SubtypeFieldProps {
  value: string;
  used: LastUsed | null | undefined;
  onChange: (value: string) => void;
}

/** One line to type in; line breaks that are stored already are kept and shown. */
export function SubtypeField({ value, used, onChange }: SubtypeFieldProps) {
  const t = useT();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
    }
  };

  return (
    <div>
      <Field label={t('editor.subtype')} note={subtypeBytesWords(t, value)}>
        {(id, noteId) => (
          <AutoTextarea
            id={id}
            name="subtype"
            rows={1}
            dir="auto"
            value={value}
            aria-describedby={noteId}
            onKeyDown={onKeyDown}
            onText={onChange}
          />
        )}
      </Field>
      <SubtypeChips used={used} onPick={onChange} />
    </div>
  );
}
