import { useId, useState } from 'react';
import { firstLine } from '../../extension/extension-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { FieldHeading } from '../../ui/field.tsx';
import './message-chips.css';

interface MessageChipsProps {
  /** On a page of one's own they are for a thumb. */
  own: boolean;
  messages: readonly string[];
  onPick: (message: string) => void;
}

/** The messages used last, one tap each. They stay as they were when they came: none moves while somebody aims at it. */
export function MessageChips({ own, messages, onPick }: MessageChipsProps) {
  const t = useT();
  const id = useId();
  const [kept, setKept] = useState(messages);
  if (kept.length === 0 && messages.length > 0) setKept(messages);
  if (kept.length === 0) return null;
  return (
    <section aria-labelledby={id} className={own ? 'message-chips' : 'subtype-chips'}>
      <FieldHeading id={id}>{t('editor.last-used')}</FieldHeading>
      {kept.map((message) => (
        <button key={message} type="button" dir="auto" title={message} onClick={() => onPick(message)}>
          {firstLine(message)}
          {firstLine(message).trim() !== message.trim() && ' …'}
        </button>
      ))}
    </section>
  );
}
