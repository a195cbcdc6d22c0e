import { useId, useState } from 'react';
import { FieldHeading } from '../../ui/field.tsx';
import './message-chips.css';

interface MessageChipsProps {
  messages: readonly string[];
  onPick: (message: string) => void;
}

/** The messages used last, one tap each. They stay as they were when they came: none moves while somebody aims at it. */
export function MessageChips({ messages, onPick }: MessageChipsProps) {
  const id = useId();
  const [kept, setKept] = useState(messages);
  if (kept.length === 0 && messages.length > 0) setKept(messages);
  if (kept.length === 0) return null;
  return (
    <section aria-labelledby={id} className="message-chips">
      <FieldHeading id={id}>Last used</FieldHeading>
      {kept.map((message) => (
        <button key={message} type="button" dir="auto" title={message} onClick={() => onPick(message)}>
          {message}
        </button>
      ))}
    </section>
  );
}
