import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../button.tsx';

interface DialogActionsProps {
  label: string;
  /** “Cancel” by default. */
  closeLabel?: string;
  disabled?: boolean;
  onClose: () => void;
}

export function DialogActions({ label, closeLabel, disabled = false, onClose }: DialogActionsProps) {
  const t = useT();
  return (
    <div className="dialog-actions">
      <Button onClick={onClose}>{closeLabel ?? t('ui.cancel')}</Button>
      <Button type="submit" variant="primary" aria-disabled={disabled || undefined}>
        {label}
      </Button>
    </div>
  );
}
