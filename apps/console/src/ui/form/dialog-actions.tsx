import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../button.tsx';

interface DialogActionsProps {
  label: string;
  disabled?: boolean;
  onClose: () => void;
}

export function DialogActions({ label, disabled = false, onClose }: DialogActionsProps) {
  const t = useT();
  return (
    <div className="dialog-actions">
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" variant="primary" aria-disabled={disabled || undefined}>
        {label}
      </Button>
    </div>
  );
}
