import { useLayoutEffect, useEffectEvent } from 'react';
import { isSingleKeyShortcut, matchShortcut } from '../keyboard/shortcuts.ts';
import { isTextInput } from '../keyboard/is-text-input.ts';
import { useTypedSinceSave, useUndo } from '../entities/presence-draft/use-undo.ts';
import { useOpenExtension } from './overlay-context.ts';

interface GlobalShortcuts {
  onPalette: () => void;
  onHelp: () => void;
}

/** Shortcuts of every page. A text field has its own undo after something was typed since the last save. */
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
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('keydown', (event) => handlePaletteShortcut(event), { capture: true, signal });
    document.addEventListener('keydown', (event) => handleOtherShortcuts(event), { signal });
    return () => stop.abort();
  }, []);
}

/** Blocks single-character shortcuts outside text fields and radio groups, for voice control (WCAG 2.1.4). */
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
