/** Keeps what is typed between the key that opens the palette and its line being there, however long that takes. */
export interface TypeAheadBuffer {
  start: () => void;
  /** Ends it, and hands over what was typed. */
  flush: () => string;
}

export function createTypeAheadBuffer(): TypeAheadBuffer {
  let typed = '';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key.length === 1) typed += event.key;
    else if (event.key === 'Backspace') typed = typed.slice(0, -1);
    else if (event.key !== 'Enter') return;
    // Nothing is done before it could be seen what it would be.
    event.preventDefault();
    event.stopPropagation();
  };
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
