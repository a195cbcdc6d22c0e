import type { SettableState } from '@lampboard/protocol';
import type { KeyboardEvent } from 'react';
import { boundKey } from '../../ui/keys.ts';

interface PanelKeys {
  onState: (state: SettableState) => void;
  onSave: () => void;
  onEscape: () => void;
}

function takesCharacters(target: EventTarget): boolean {
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Wherever the focus is in the panel: a presence is chosen (not while text is typed), saved, or gone back from. */
export function onPanelKey(
  event: KeyboardEvent<HTMLElement>,
  { onState, onSave, onEscape }: PanelKeys,
): void {
  if (event.nativeEvent.isComposing) return;
  const key = boundKey('person', event);
  // Marks are the page's, which knows who is open.
  if (key === null || key === 'favourite' || key === 'tellMe') return;
  if (key === 'save') onSave();
  else if (key === 'back') onEscape();
  // With Alt, digits are the browser's.
  else if (!event.altKey && !takesCharacters(event.target)) onState(key);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
