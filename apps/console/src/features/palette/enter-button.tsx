import { Button } from '../../ui/button.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { KEYS } from '../../ui/keys.ts';

interface EnterButtonProps {
  word: string;
  look?: 'strong' | 'plain';
  disabled?: boolean;
  onClick: () => void;
}

/** Does what Enter does. */
export function EnterButton({ word, look = 'plain', disabled = false, onClick }: EnterButtonProps) {
  return (
    <Button
      look={look}
      className="palette-enter"
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (!disabled) onClick();
      }}
    >
      {word}
      <span aria-hidden="true">
        <KeyCaps of={KEYS.hits.run[0]} />
      </span>
    </Button>
  );
}
