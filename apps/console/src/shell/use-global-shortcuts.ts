import { useLayoutEffect, useEffectEvent } from 'react';
import { isSingleKeyShortcut, matchShortcut } from '../keyboard/shortcuts.ts';
import { isTextInput } from '../keyboard/is-text-input.ts';
import { useTypedSinceSave, useUndo } from '../entities/presence-draft/use-undo.ts';
import { useOpenExtension } from './overlay-context.ts';

interface GlobalShortcuts {
  onPalette: () => void;
  onHelp: () => void;
}

/**
 * Shortcuts of every page. The palette's works in text fields and dialogs too. Undo and redo belong to a text field
 * if something was typed since the last save.
 */
export function useGlobalShortcuts({ onPalette, onHelp }: GlobalShortcuts): void {
  const undo = useUndo(useOpenExtension());
  const typedSinceSave = useTypedSinceSave();
  const handlePaletteShortcut = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || matchShortcut('global', event) !== 'palette') return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) onPalette();
  });
  const handleOtherShortcuts = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = matchShortcut('global', event);
    const isInText = isTextInput(event.target);
    if (key === 'help' && !isInText) onHelp();
    else if ((key === 'undo' || key === 'redo') && (!isInText || !typedSinceSave())) undo(key);
    else return;
    event.preventDefault();
  });

  // A layout effect, so that a key pressed at first sight works.
  useLayoutEffect(() => {
    const onCapture = (event: KeyboardEvent) => handlePaletteShortcut(event);
    const onBubble = (event: KeyboardEvent) => handleOtherShortcuts(event);
    document.addEventListener('keydown', onCapture, { capture: true });
    document.addEventListener('keydown', onBubble);
    return () => {
      document.removeEventListener('keydown', onCapture, { capture: true });
      document.removeEventListener('keydown', onBubble);
    };
  }, []);
}

/**
 * Blocks single-character shortcuts outside text fields, for users of voice control (WCAG 2.1.4). Focused radio
 * groups keep them.
 */
export function useDisableSingleKeyShortcuts(enabled: boolean): void {
  // A layout effect, so that a key pressed at first sight works.
  useLayoutEffect(() => {
    if (enabled) return undefined;
    const { dataset } = document.documentElement;
    const onKeyDown = (event: KeyboardEvent) => {
      const withModifier = event.ctrlKey || event.metaKey || event.altKey;
      if (!isSingleKeyShortcut(event.key) || withModifier || isTextInput(event.target)) return;
      if (event.target instanceof Element && event.target.closest('[role="radiogroup"]') !== null) return;
      event.stopImmediatePropagation();
    };
    dataset['singleKeyShortcuts'] = 'off';
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      delete dataset['singleKeyShortcuts'];
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [enabled]);
}
