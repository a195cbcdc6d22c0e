import { RefreshCw } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useSettings } from '../../data/preferences/settings-context.tsx';
import { Kbd } from '../../keyboard/kbd.tsx';
import { SHORTCUTS, ariaKeyShortcuts, matchShortcut } from '../../keyboard/shortcuts.ts';
import { isTextInput } from '../../keyboard/is-text-input.ts';
import './board-header.css';

interface RefreshButtonProps {
  newMatches: number;
  noLongerMatching: number;
  orderChanged: boolean;
  onRefresh: () => void;
}

/** Says how the frozen view differs from the current one, and refreshes it; hidden while they are the same. */
export function RefreshButton({ newMatches, noLongerMatching, orderChanged, onRefresh }: RefreshButtonProps) {
  const t = useT();
  const settings = useSettings();
  const hasChanges = newMatches > 0 || noLongerMatching > 0 || orderChanged;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isTextInput(event.target) || matchShortcut('board', event) !== 'refresh')
      return;
    if (settings.store.getState().preferences.singleKeyShortcuts) onRefresh();
  });
  useEffect(() => {
    if (!hasChanges) return undefined;
    const onKeyDown = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [hasChanges]);
  if (!hasChanges) return null;

  const labels = [];
  if (newMatches > 0) labels.push(t('refresh.new', { count: newMatches }));
  if (noLongerMatching > 0) labels.push(t('refresh.stale', { count: noLongerMatching }));
  if (labels.length === 0) labels.push(t('refresh.order-changed'));
  return (
    <button
      type="button"
      className="chip refresh-button"
      aria-keyshortcuts={ariaKeyShortcuts(SHORTCUTS.board.refresh)}
      onClick={onRefresh}
    >
      <RefreshCw size={13} aria-hidden="true" />
      <span className="refresh-summary truncate">{labels.join(' · ')}</span>
      <span>{t('refresh.refresh')}</span>
      <span aria-hidden="true">
        <Kbd shortcut={SHORTCUTS.board.refresh[0]} />
      </span>
    </button>
  );
}
