import { Command, Search as SearchIcon, X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { Kbd } from '../../keyboard/kbd.tsx';
import { SHORTCUTS, ariaKeyShortcuts, matchShortcut } from '../../keyboard/shortcuts.ts';
import { IconButton } from '../../ui/button.tsx';
import { inputHandlers } from '../../ui/form/input-handlers.ts';
import './search-field.css';

export interface SearchFieldHandle {
  /** Focuses the field and selects its text. */
  focus: () => void;
  clear: () => void;
}

interface SearchFieldProps {
  handle: Ref<SearchFieldHandle>;
  onChange: (text: string) => void;
  onOpen: (text: string) => void;
  /** On Arrow down, and on Escape in an empty field. */
  onLeave: (text: string) => void;
  onPalette: () => void;
  /** Announced to screen readers. */
  statusMessage: string;
}

/** Renders alone for a typed key, which therefore shows at once. */
export function SearchField({
  handle,
  onChange,
  onOpen,
  onLeave,
  onPalette,
  statusMessage,
}: SearchFieldProps) {
  const t = useT();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const change = (next: string) => {
    setText(next);
    onChange(next);
  };
  useImperativeHandle(handle, () => ({
    focus: () => {
      field.current?.focus();
      field.current?.select();
    },
    clear: () => change(''),
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    // The shortcut that focuses the field, pressed again, types nothing.
    const { selectionStart, selectionEnd } = event.currentTarget;
    const untouched = selectionStart === 0 && selectionEnd === text.length;
    if (untouched && matchShortcut('global', event) === 'find') event.preventDefault();
    const key = matchShortcut('search', event);
    if (key === null) return;
    event.preventDefault();
    if (key === 'open') onOpen(text);
    else if (key === 'toTiles' || text === '') onLeave(text);
    else change('');
  };

  return (
    <search className="search-field">
      <SearchIcon size={16} aria-hidden="true" />
      <label className="visually-hidden" htmlFor={id}>
        {t('search.label')}
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        aria-keyshortcuts={ariaKeyShortcuts(SHORTCUTS.global.find)}
        placeholder={t('search.placeholder')}
        value={text}
        onKeyDown={onKeyDown}
        {...inputHandlers(change)}
      />
      {text === '' ? (
        <span className="search-hint" aria-hidden="true">
          <Kbd shortcut={SHORTCUTS.global.find[0]} />
        </span>
      ) : (
        <IconButton
          Icon={X}
          size={16}
          label={t('search.clear')}
          onClick={() => {
            change('');
            field.current?.focus();
          }}
        />
      )}
      <button
        type="button"
        className="icon-button search-palette"
        aria-label={t('keys.global.palette')}
        title={t('keys.global.palette')}
        aria-keyshortcuts={ariaKeyShortcuts(SHORTCUTS.global.palette)}
        onClick={onPalette}
      >
        <Kbd shortcut={SHORTCUTS.global.palette[0]} />
        <Command size={17} aria-hidden="true" />
      </button>
      <output className="visually-hidden">{statusMessage}</output>
    </search>
  );
}
