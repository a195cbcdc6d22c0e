import { Inbox } from 'lucide-react';
import { useParkedCalls, useWaitingCalls } from '../../entities/call/use-calls.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDeskParts } from './desk-parts.ts';
import './desk.css';

/** Counts the lines of the urgent parts. */
export function useDeskCount(): number {
  const { late } = useDeskParts();
  return useWaitingCalls().length + useParkedCalls().length + late.length;
}

interface DeskToggleProps {
  isOpen: boolean;
  onToggle: () => void;
}

/** Opens the desk over the board; counts who suffers. */
export function DeskToggle({ isOpen, onToggle }: DeskToggleProps) {
  const t = useT();
  const count = useDeskCount();
  return (
    <button
      type="button"
      className="desk-toggle"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-label={t('desk.with-count', { count })}
      onClick={onToggle}
    >
      <Inbox size={17} aria-hidden="true" />
      <span className="desk-toggle-label">{t('desk.desk')}</span>
      {count > 0 && <strong>{count}</strong>}
    </button>
  );
}
