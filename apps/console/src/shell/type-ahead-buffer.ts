/** Buffers keys between the palette's shortcut and its field being ready. */
export function createTypeAheadBuffer() {
  let typed = '';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key.length === 1) typed += event.key;
    else if (event.key === 'Backspace') typed = typed.slice(0, -1);
    else if (event.key !== 'Enter') return;
    // Enter must not run anything before it is visible.
    event.preventDefault();
    event.stopPropagation();
  };
  /** Stops, and returns the buffered text. */
  const flush = () => {
    document.removeEventListener('keydown', onKeyDown, { capture: true });
    const text = typed;
    typed = '';
    return text;
  };
  return {
    start: () => {
      flush();
      document.addEventListener('keydown', onKeyDown, { capture: true });
    },
    flush,
  };
}
