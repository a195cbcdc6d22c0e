import { SETTABLE_STATES, type SettableState } from '@lampboard/protocol';
import type { KeyboardEvent } from 'react';

interface PanelKeys {
  onState: (state: SettableState) => void;
  onSave: () => void;
  onEscape: () => void;
}

/** The state that a key stands for, 1 to 6; undefined for any other key. */
function stateOfKey(key: string): SettableState | undefined {
  return /^[1-6]$/u.test(key) ? SETTABLE_STATES[Number(key) - 1] : undefined;
}

/** Wherever the focus is in the panel: 1 to 6 choose (not while text is typed), Ctrl+Enter saves, Escape goes back. */
export function onPanelKey(
  event: KeyboardEvent<HTMLElement>,
  { onState, onSave, onEscape }: PanelKeys,
): void {
  if (event.nativeEvent.isComposing) return;
  const withControl = event.ctrlKey || event.metaKey;
  const state = stateOfKey(event.key);
  if (event.key === 'Enter' && withControl) onSave();
  else if (event.key === 'Escape') onEscape();
  else if (
    state !== undefined &&
    !withControl &&
    !event.altKey &&
    !(event.target instanceof HTMLTextAreaElement)
  ) {
    onState(state);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
