import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../keyboard/kbd.tsx';
import { SHORTCUTS } from '../../keyboard/shortcuts.ts';

interface SubmitButtonProps {
  label: string;
  variant?: 'primary' | 'secondary';
  disabled?: boolean;
  onClick: () => void;
}

/** Button for the action of Enter. */
export function SubmitButton({ label, variant = 'secondary', disabled = false, onClick }: SubmitButtonProps) {
  return (
    <Button
      variant={variant}
      className="palette-submit"
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (!disabled) onClick();
      }}
    >
      {label}
      <span aria-hidden="true">
        <Kbd shortcut={SHORTCUTS.results.run[0]} />
      </span>
    </Button>
  );
}
